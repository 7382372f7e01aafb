using Maestro.Telemetry.Cli.Replays;
using Maestro.Telemetry.Scaling;

namespace Maestro.Telemetry.Cli.Tuning;

/// <summary>One number of a scaling policy that may be turned.</summary>
internal sealed record TuneKnob
{
    /// <summary>As people call it.</summary>
    public required string Name { get; init; }

    /// <summary>Its key in the configuration of a group.</summary>
    public required string Key { get; init; }

    /// <summary>Where it may stand; durations in minutes.</summary>
    public required Func<ReplaySettings, IReadOnlyList<double>> Positions { get; init; }

    /// <summary>Where it stands in a policy.</summary>
    public required Func<ScalingPolicy, double> Read { get; init; }

    /// <summary>The policy with the knob turned.</summary>
    public required Func<ScalingPolicy, double, ScalingPolicy> Turn { get; init; }

    /// <summary>True for minutes.</summary>
    public bool IsDuration { get; init; }

    /// <summary>True when it is combined with every position of the other such knobs, false when it is turned alone.</summary>
    public bool IsCrossed { get; init; }
}
