using System.Collections.Immutable;
using Maestro.Telemetry.Forecasts;

namespace Maestro.Telemetry.Replay;

/// <summary>One contestant in one replay.</summary>
internal abstract class ContestantRun(ReplayScenario scenario)
{
    protected ReplayScenario Scenario => scenario;

    /// <summary>One per group, in the order of the scenario.</summary>
    public ImmutableArray<GroupTrack> Tracks { get; } =
        [.. scenario.Groups.Select(_ => new GroupTrack(scenario.Steps))];

    /// <summary>Records who serves at the sample, then decides with what is known after it.</summary>
    public abstract void Advance(int step, ImmutableArray<DemandForecast> forecasts);
}
