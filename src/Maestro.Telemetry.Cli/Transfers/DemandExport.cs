using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Cli.Transfers;

/// <summary>
/// What the groups need in all, a column each, as `maestro forecast`, `backtest` and `replay` read it. Each SGM weighs 1,
/// because what it weighed then is not stored.
/// </summary>
internal sealed class DemandExport(ITelemetryHistory history, Resource resource, TimeSpan step)
{
    public async Task<long> WriteAsync(HistorySelection selection, Stream output, CancellationToken cancellationToken)
    {
        var minutes = Math.Max(1, (int)((selection.To - selection.From) / TimeSpan.FromMinutes(1)) + 1);
        var demand = new DemandAccumulator(static _ => 1, minutes);
        var query = DemandSeries.Query(selection.From, selection.To) with
        {
            Group = selection.Group,
            Serial = selection.Serial,
        };
        await foreach (var row in history.ReadRollupsAsync(query, cancellationToken))
        {
            demand.Add(DemandSeries.FromRollup(row));
        }

        demand.CloseBefore(selection.To);
        var groups = demand.Groups.Order().Select(g => (Group: g, Series: demand.Series(g, resource, step)))
            .Where(static g => g.Series is not null)
            .Select(static g => (g.Group, Series: g.Series!))
            .ToList();
        return await WriteAsync(groups, output, cancellationToken);
    }

    private async Task<long> WriteAsync(
        List<(SecurityGroupId Group, TimeSeries Series)> groups, Stream output, CancellationToken cancellationToken)
    {
        var csv = new CsvExport(output);
        csv.Line(["time", .. groups.Select(static g => $"group-{g.Group}")]);
        var rows = 0L;
        if (groups.Count > 0)
        {
            var end = groups.Max(static g => g.Series.End);
            for (var time = groups.Min(static g => g.Series.Start); time < end; time += step)
            {
                csv.Line([CsvExport.Time(time), .. groups.Select(g => CsvExport.Number(At(g.Series, time)))]);
                rows++;
                await csv.FlushWhenFullAsync(cancellationToken);
            }
        }

        await csv.EndAsync(cancellationToken);
        return rows;
    }

    private static double At(TimeSeries series, DateTimeOffset time) =>
        time < series.Start || time >= series.End
            ? double.NaN
            : series.Values.Span[(int)((time - series.Start) / series.Step)];
}
