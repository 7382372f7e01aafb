namespace Maestro.Telemetry.Series;

/// <summary>Collects refused rows. Holds nothing, and costs nothing, while no row is refused.</summary>
public struct RefusalList
{
    private List<(RefusalReason Reason, List<int> Rows, string Sentence)>? _reasons;
    private HashSet<int>? _rows;

    /// <summary>Rows refused so far.</summary>
    public readonly int Count => _rows?.Count ?? 0;

    public readonly bool IsEmpty => Count == 0;

    public readonly bool IsRefused(int row) => _rows?.Contains(row) ?? false;

    /// <summary>One entry per reason, in the order in which the reasons were met first.</summary>
    public readonly IReadOnlyList<RowRefusal> ByReason() =>
        _reasons is null ? [] : [.. _reasons.Select(r => new RowRefusal(r.Reason, r.Rows, r.Sentence))];

    /// <summary>Refuses a row. A row is refused once: a further reason for it is not kept.</summary>
    /// <param name="row">From 0.</param>
    /// <param name="reason">Why.</param>
    /// <param name="sentence">Made only for the first row of a reason, so that a hostile batch does not cost more.</param>
    public void Add(int row, RefusalReason reason, Func<string> sentence)
    {
        ArgumentNullException.ThrowIfNull(sentence);
        _rows ??= [];
        if (!_rows.Add(row))
        {
            return;
        }

        _reasons ??= [];
        var index = _reasons.FindIndex(r => r.Reason == reason);
        if (index < 0)
        {
            _reasons.Add((reason, [row], sentence()));
        }
        else
        {
            _reasons[index].Rows.Add(row);
        }
    }
}
