using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Cli.Imports;

/// <summary>
/// Puts history into a store as one-minute roll-ups, beside what is there: what was measured is never touched, and what
/// was imported before is known again.
/// </summary>
/// <param name="read">Reads roll-ups of the store.</param>
/// <param name="group">The group that the history is of.</param>
/// <param name="book">Which minutes of SGMs were imported.</param>
internal sealed class HistoryWriter(
    Func<RollupQuery, IAsyncEnumerable<RollupRow>> read, SecurityGroupId group, ImportBook book)
{
    private const double Tolerance = 1e-9;
    private static readonly TimeSpan Piece = TimeSpan.FromHours(24);

    /// <summary>All that history is made of.</summary>
    private static readonly MetricId[] Imported =
    [
        MetricId.CpuMeanPercent,
        MetricId.ReceivedBitsPerSecond,
        MetricId.ConcurrentConnections,
        MetricId.ConnectionsPerSecond,
    ];

    private static readonly MetricId[] All = [.. Imported, .. Enum.GetValues<MetricId>().Except(Imported)];

    /// <summary>Looks at, and with a store to write to also stores, the minutes in [from, to).</summary>
    /// <param name="series">The history.</param>
    /// <param name="from">Inclusive.</param>
    /// <param name="to">Exclusive.</param>
    /// <param name="target">Where to store; null to look only.</param>
    /// <param name="replace">True to store what differs from an earlier import in its place.</param>
    /// <param name="advanced">Told the share that is done.</param>
    /// <param name="cancellationToken">Ends it between two days, of which each is stored whole or not at all.</param>
    /// <exception cref="StoreUnavailableException">The store cannot be used now; what was stored stays.</exception>
    public async Task<ImportTally> RunAsync(
        HistorySeries series,
        DateTimeOffset from,
        DateTimeOffset to,
        IRollupArchive? target,
        bool replace,
        Action<double> advanced,
        CancellationToken cancellationToken)
    {
        var tally = new ImportTally();
        for (var begin = from; begin < to; begin += Piece)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var end = HistorySeries.Earlier(begin + Piece, to);
            var rows = await PieceAsync(series, begin, end, replace, tally);
            if (target is not null && rows.Count > 0)
            {
                await NoteAsync(series, rows, cancellationToken);
                await target.PutRollupsAsync(Imported, rows, cancellationToken);
            }

            advanced((end - from) / (to - from));
        }

        return tally;
    }

    private async Task<List<RollupRow>> PieceAsync(
        HistorySeries series, DateTimeOffset begin, DateTimeOffset end, bool replace, ImportTally tally)
    {
        var there = await ThereAsync(series, begin, end);
        var rows = new List<RollupRow>();
        for (var minute = begin; minute < end; minute += HistorySeries.Minute)
        {
            var value = series.At(minute);
            if (double.IsNaN(value))
            {
                continue;
            }

            var before = there.GetValueOrDefault(minute);
            var fate = FateOf(series.Metric, value, before);
            tally.Add(fate, minute);
            if (fate is MinuteFate.New or MinuteFate.Added || (fate is MinuteFate.Different && replace))
            {
                rows.Add(Row(series, minute, value, before?.Values));
            }
        }

        return rows;
    }

    /// <summary>What is stored by minute: an earlier import of the same, or a reason to leave the minute alone.</summary>
    private async Task<Dictionary<DateTimeOffset, Stored>> ThereAsync(
        HistorySeries series, DateTimeOffset from, DateTimeOffset to)
    {
        var query = new RollupQuery { From = from, To = to, Metrics = All };
        var there = new Dictionary<DateTimeOffset, Stored>();

        // A total and its parts must not meet: of a whole group everything in it counts, of an SGM itself and the total.
        RollupQuery[] queries = series.IsOfWholeGroup
            ? [query with { Group = group }]
            : [query with { Serial = series.Serial }, query with { Serial = GatewaySerial.WholeGroup, Group = group }];
        foreach (var one in queries)
        {
            await foreach (var row in read(one))
            {
                var isSame = row.Serial == series.Serial && row.Group == group && IsImported(row);
                var isKnown = there.TryGetValue(row.Minute, out _);
                there[row.Minute] = new(isSame && !isKnown ? [.. row.Values.Take(Imported.Length)] : null);
            }
        }

        return there;
    }

    // No SGM has the serial of a total. A roll-up with anything else than history has was added to since.
    private bool IsImported(in RollupRow row) =>
        (row.Serial == GatewaySerial.WholeGroup || book.Has(row.Serial, row.Minute))
        && row.Values.Take(Imported.Length).All(static v => v.Count <= 1)
        && row.Values.Skip(Imported.Length).All(static v => v.Count == 0);

    private Task NoteAsync(HistorySeries series, List<RollupRow> rows, CancellationToken cancellationToken) =>
        series.IsOfWholeGroup
            ? Task.CompletedTask
            : book.AddAsync(series.Serial, rows.Select(static row => row.Minute), cancellationToken);

    private static MinuteFate FateOf(MetricId metric, double value, Stored? before)
    {
        if (before is null)
        {
            return MinuteFate.New;
        }

        if (before.Values is not { } values)
        {
            return MinuteFate.Measured;
        }

        var stored = values[Array.IndexOf(Imported, metric)];
        return stored.Count == 0 ? MinuteFate.Added
            : Math.Abs(stored.Sum - value) <= Tolerance * Math.Max(1, value) ? MinuteFate.Same
            : MinuteFate.Different;
    }

    private RollupRow Row(HistorySeries series, DateTimeOffset minute, double value, Rollup[]? before)
    {
        var values = before ?? new Rollup[Imported.Length];
        values[Array.IndexOf(Imported, series.Metric)] = new(1, value, value, value);
        return new(minute, series.Serial, group, values);
    }

    /// <param name="Values">Those of an earlier import; null for what must be left alone.</param>
    private sealed record Stored(Rollup[]? Values);
}
