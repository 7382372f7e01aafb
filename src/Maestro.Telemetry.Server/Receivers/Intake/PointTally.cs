using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Server.Receivers.Intake;

/// <summary>What became of the points of one request: taken, ignored or refused, each with its reason.</summary>
internal sealed class PointTally
{
    private readonly Dictionary<RefusalReason, (long Points, string Sentence)> _refused = [];
    private readonly Dictionary<IgnoredReason, long> _ignored = [];

    public long Taken { get; private set; }

    public long Ignored => _ignored.Values.Sum();

    public long Refused => _refused.Values.Sum(r => r.Points);

    public IReadOnlyDictionary<RefusalReason, (long Points, string Sentence)> RefusedByReason => _refused;

    public IReadOnlyDictionary<IgnoredReason, long> IgnoredByReason => _ignored;

    public void Take(int points = 1) => Taken += points;

    /// <summary>A point that was counted as taken is refused or ignored after all.</summary>
    public void TakeBack() => Taken--;

    public void Ignore(IgnoredReason reason, int points = 1) =>
        _ignored[reason] = _ignored.GetValueOrDefault(reason) + points;

    /// <summary>Refuses a point. Of each reason the first sentence is kept.</summary>
    public void Refuse(RefusalReason reason, string sentence)
    {
        var (points, first) = _refused.GetValueOrDefault(reason, (0, sentence));
        _refused[reason] = (points + 1, first);
    }

    /// <summary>The same with a sentence that is made for the first of its reason only.</summary>
    public void Refuse(RefusalReason reason, Func<string> sentence) =>
        Refuse(reason, _refused.ContainsKey(reason) ? "" : sentence());

    /// <summary>All reasons with their numbers and sentences; empty when nothing was refused.</summary>
    public string Describe() => string.Join(' ', _refused.Select(r => FormattableString.Invariant(
        $"{r.Value.Points} points were refused ({r.Key}), the first because: {r.Value.Sentence}")));
}
