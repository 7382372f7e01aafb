using Maestro.Telemetry.Forecasting.Replay;
using Maestro.Telemetry.Replay;

namespace Maestro.Telemetry.Cli.Replays;

/// <summary>A replay that is done: what was replayed and what it came to.</summary>
internal sealed record ReplayOutcome
{
    public required ReplaySettings Settings { get; init; }

    public required ReplayScenario Scenario { get; init; }

    public required ReplayResult Result { get; init; }

    /// <summary>Capacity of a unit in the trace's own unit, for each group.</summary>
    public required IReadOnlyList<double> UnitCapacities { get; init; }

    /// <summary>Each position of each knob; empty when nothing was swept.</summary>
    public required IReadOnlyList<SweepPoint> Frontier { get; init; }

    /// <summary>What came of it when something went wrong; empty when nothing was asked for.</summary>
    public IReadOnlyList<ChangeReport> Changes { get; init; } = [];

    public required IReadOnlyList<ForecastQuality> Forecasts { get; init; }

    /// <summary>Models that were fitted.</summary>
    public required int Fits { get; init; }

    public required TimeSpan Took { get; init; }
}
