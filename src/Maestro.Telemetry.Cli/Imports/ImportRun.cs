using Maestro.Telemetry.Cli.Common;
using Maestro.Telemetry.Cli.Transfers;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Ports;

namespace Maestro.Telemetry.Cli.Imports;

/// <summary>An import with its store and its words.</summary>
internal sealed class ImportRun(StoreSettings settings, ImportSettings wanted)
{
    // What is about to be deleted need not be stored.
    private static readonly TimeSpan Margin = TimeSpan.FromHours(1);

    /// <returns>The exit code.</returns>
    /// <exception cref="FormatException">A recording or an option cannot be used.</exception>
    /// <exception cref="StoreUnavailableException">The store cannot be used.</exception>
    public async Task<int> RunAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var all = new HistoryReader(wanted).Read();
        foreach (var series in all)
        {
            CheckEnd(series, now);
        }

        var book = await ImportBook.OpenAsync(settings.Directory, settings.ToBook(), wanted.Group, cancellationToken);
        if (wanted.DryRun)
        {
            await using var history = settings.IsNew ? null : settings.OpenHistory();
            var reader = new HistoryWriter(
                query => history?.ReadRollupsAsync(query, cancellationToken) ?? Nothing(), wanted.Group, book);
            return Conclude(await LookAsync(reader, all, now, 1, cancellationToken));
        }

        var sites = new Dictionary<GatewaySerial, string>();
        await using var store = settings.OpenStore(serial => sites.TryGetValue(serial, out var site) ? site : null);

        // This makes what is missing there, before it is read.
        await store.GetStatisticsAsync(cancellationToken);
        await FindSitesAsync(sites, cancellationToken);
        var writer = new HistoryWriter(query => store.ReadRollupsAsync(query, cancellationToken), wanted.Group, book);
        var looked = await LookAsync(writer, all, now, 0.3, cancellationToken);
        if (!looked.Any(IsRefused))
        {
            await StoreAsync(writer, looked, (IRollupArchive)store, cancellationToken);
        }

        return Conclude(looked);
    }

    private static void CheckEnd(HistorySeries series, DateTimeOffset now)
    {
        // The interval that runs has no mean yet.
        if (series.Intervals.End > now + series.Intervals.Step)
        {
            throw new FormatException(
                $"{series.Name} ends at {series.Intervals.End:u}, and now it is {now:u}; give its times their zone (they are of "
                + "UTC unless they say otherwise), or leave the rest out with --until.");
        }
    }

    private static async IAsyncEnumerable<RollupRow> Nothing()
    {
        await Task.CompletedTask;
        yield break;
    }

    private async Task FindSitesAsync(Dictionary<GatewaySerial, string> sites, CancellationToken cancellationToken)
    {
        await using var history = settings.OpenHistory();
        var known = await history.GetSitesAsync(cancellationToken);
        foreach (var serial in wanted.Serials)
        {
            var site = known.GetValueOrDefault(serial);
            if (wanted.Site is not null && site is not null && site != wanted.Site)
            {
                throw new FormatException(
                    $"--site is {wanted.Site}, and SGM {serial} was last seen at site {site}; leave --site out.");
            }

            if ((wanted.Site ?? site) is { } found)
            {
                sites[serial] = found;
            }
        }
    }

    private async Task<List<ImportedSeries>> LookAsync(
        HistoryWriter writer,
        IReadOnlyList<HistorySeries> all,
        DateTimeOffset now,
        double share,
        CancellationToken cancellationToken)
    {
        var progress = new ProgressText();
        var looked = new List<ImportedSeries>();
        foreach (var series in all)
        {
            var (begin, end) = Bounds(series, now);
            looked.Add(new(
                series,
                begin,
                end,
                series.Known(series.Intervals.Start, begin),
                series.Known(end, series.Intervals.End),
                await writer.RunAsync(
                    series,
                    begin,
                    end,
                    null,
                    wanted.Replace,
                    done => progress.Show(share * (looked.Count + done) / all.Count),
                    cancellationToken)));
        }

        return looked;
    }

    /// <summary>What the store keeps, and of an SGM what no sample can come for any more: a sample would make it anew.</summary>
    private (DateTimeOffset Begin, DateTimeOffset End) Bounds(HistorySeries series, DateTimeOffset now)
    {
        var keep = settings.Retention.Rollups;
        var kept = keep <= TimeSpan.Zero || keep > now - DateTimeOffset.UnixEpoch ? DateTimeOffset.UnixEpoch : now - keep + Margin;
        var settled = series.IsOfWholeGroup ? now : now - settings.LateBy;
        var begin = HistorySeries.Later(series.Intervals.Start, HistorySeries.Floor(kept));
        return (begin, HistorySeries.Later(begin, HistorySeries.Earlier(series.Intervals.End, HistorySeries.Floor(settled))));
    }

    private async Task StoreAsync(
        HistoryWriter writer, List<ImportedSeries> looked, IRollupArchive store, CancellationToken cancellationToken)
    {
        var progress = new ProgressText();
        for (var i = 0; i < looked.Count; i++)
        {
            var (one, before) = (looked[i], i);
            await writer.RunAsync(
                one.Series,
                one.Begin,
                one.End,
                store,
                wanted.Replace,
                done => progress.Show(0.3 + (0.7 * (before + done) / looked.Count)),
                cancellationToken);
        }

        // Also when all of it is there: a run before may have been interrupted just before it came to this.
        await ForgetModelsAsync(cancellationToken);
    }

    /// <summary>A model of less than is known now would be used until it is a day old.</summary>
    private async Task ForgetModelsAsync(CancellationToken cancellationToken)
    {
        if (settings.OpenModels() is not { } models)
        {
            return;
        }

        await using (models)
        {
            await models.DeleteAsync(wanted.Group, wanted.Resource, cancellationToken);
        }
    }

    private bool IsRefused(ImportedSeries one) => ImportView.Refusal(one, wanted) is not null;

    private int Conclude(List<ImportedSeries> looked)
    {
        var refusals = looked.Select(one => ImportView.Refusal(one, wanted)).OfType<string>().ToList();
        Console.WriteLine(wanted.Json
            ? ImportView.Json(settings.ToString(), wanted, looked, refusals)
            : ImportView.Text(settings.ToString(), wanted, looked, refusals.Count > 0));
        foreach (var refusal in refusals)
        {
            Console.Error.WriteLine(refusal);
        }

        return refusals.Count == 0 ? ExitCodes.Ok : ExitCodes.Failed;
    }
}
