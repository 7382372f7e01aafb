using Maestro.Telemetry.Scaling;

namespace Maestro.Telemetry.Replay;

/// <summary>What became of a group: who served at each sample, and what was changed.</summary>
/// <param name="steps">Samples of the trace.</param>
public sealed class GroupTrack(int steps)
{
    private readonly List<UnitChange> _changes = [];
    private readonly Dictionary<ReasonCode, int> _reasons = [];

    /// <summary>Units that serve at each sample; 0 before the first that was decided about.</summary>
    public int[] Serving { get; } = new int[steps];

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<UnitChange> Changes => _changes;

    /// <summary>How often each reason was given.</summary>
    public IReadOnlyDictionary<ReasonCode, int> Reasons => _reasons;

    /// <summary>Decisions without a record that explains them.</summary>
    public int Unexplained { get; internal set; }

    /// <summary>Samples at which the forecast was trusted.</summary>
    public int Trusted { get; internal set; }

    /// <summary>Rules that the second validator found broken in plans, which were not carried out.</summary>
    public int Refused { get; internal set; }

    internal void Add(UnitChange change) => _changes.Add(change);

    internal void Count(ReasonCode reason) => _reasons[reason] = _reasons.GetValueOrDefault(reason) + 1;
}
