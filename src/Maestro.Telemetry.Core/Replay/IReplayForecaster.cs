using System.Collections.Immutable;
using Maestro.Telemetry.Forecasts;

namespace Maestro.Telemetry.Replay;

/// <summary>Forecasts what was known at each moment of a replay.</summary>
public interface IReplayForecaster
{
    /// <summary>
    /// The forecasts of all groups, made of samples up to and including the step. Called for one step after the other.
    /// </summary>
    ImmutableArray<DemandForecast> Issue(int step, CancellationToken cancellationToken);
}
