using Maestro.Telemetry.Cli.Replays;
using Maestro.Telemetry.Replay;

namespace Maestro.Telemetry.Cli.Tuning;

/// <summary>A tuning that is done.</summary>
internal sealed record TuneOutcome
{
    public required ReplaySettings Settings { get; init; }

    public required TuneLimits Limits { get; init; }

    public required ReplayScenario Scenario { get; init; }

    /// <summary>The first sample of the later part.</summary>
    public required int Split { get; init; }

    public required IReadOnlyList<TuneGroup> Groups { get; init; }

    /// <summary>Models that were fitted.</summary>
    public required int Fits { get; init; }

    public required TimeSpan Took { get; init; }
}
