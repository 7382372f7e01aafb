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

    /// <summary>Units that serve or are joining after what was decided at each sample.</summary>
    public int[] Committed { get; } = new int[steps];

    /// <summary>True when a planner decided, which gives reasons; false for a rule of thumb.</summary>
    public bool IsPlanned => _reasons.Count > 0 || Unexplained > 0;

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

    /// <summary>The same from one sample up to another, as if the trace ended there.</summary>
    public GroupTrack Between(int from, int to)
    {
        var part = new GroupTrack(to);
        Serving.AsSpan(from, to - from).CopyTo(part.Serving.AsSpan(from));
        Committed.AsSpan(from, to - from).CopyTo(part.Committed.AsSpan(from));
        part._changes.AddRange(_changes.Where(c => c.Step >= from && c.Step < to));
        return part;
    }

    internal void Add(UnitChange change) => _changes.Add(change);

    internal void Count(ReasonCode reason) => _reasons[reason] = _reasons.GetValueOrDefault(reason) + 1;
}
