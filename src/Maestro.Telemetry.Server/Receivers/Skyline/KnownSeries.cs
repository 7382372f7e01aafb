using Maestro.Telemetry.Series;
using Maestro.Telemetry.Server.Receivers.Intake;

namespace Maestro.Telemetry.Server.Receivers.Skyline;

/// <summary>What becomes of a series, found out once from its labels.</summary>
internal sealed class KnownSeries
{
    /// <summary>Why its points are left out; null when they are not.</summary>
    public IgnoredReason? Ignored { get; init; }

    /// <summary>Why its points are refused, whatever they are; null when they are not.</summary>
    public (RefusalReason Reason, string Sentence)? Unusable { get; init; }

    public KnownMember Member { get; init; } = null!;

    public MappingRule Rule { get; init; } = null!;

    /// <summary>What each value is multiplied with.</summary>
    public double Factor { get; init; } = 1;

    /// <summary>The core, when the target is one.</summary>
    public CoreId Core { get; init; }

    /// <summary>What tells it apart from the series it is combined with.</summary>
    public string Part { get; init; } = "";
}
