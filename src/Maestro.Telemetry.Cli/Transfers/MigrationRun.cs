using Maestro.Telemetry.Cli.Common;
using Maestro.Telemetry.Ports;

namespace Maestro.Telemetry.Cli.Transfers;

/// <summary>A migration with its stores, its state file and its words.</summary>
internal sealed class MigrationRun(StoreSettings from, StoreSettings to, string statePath)
{
    // What is about to be deleted need not be taken.
    private static readonly TimeSpan Margin = TimeSpan.FromHours(1);

    public async Task<int> RunAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        if (from.ToString() == to.ToString())
        {
            await Console.Error.WriteLineAsync($"Both --from and --to are {from}; name another store to write to.");
            return ExitCodes.Usage;
        }

        await using var source = from.OpenHistory();
        if (await source.GetSpanAsync(cancellationToken) is not var (first, end))
        {
            await Console.Error.WriteLineAsync($"{from} holds no telemetry; nothing is to be done.");
            return ExitCodes.Ok;
        }

        var sites = new Dictionary<string, string>(StringComparer.Ordinal);
        await using var target = to.OpenStore(serial => sites.GetValueOrDefault(serial.Value));

        // This makes what is missing there, before it is read.
        await target.GetStatisticsAsync(cancellationToken);
        await using var written = to.OpenHistory();
        var now = time.GetUtcNow();
        var begin = Later(first, Cutoff(to.Retention.Rollups, now));
        var samplesBegin = Later(begin, Cutoff(to.Retention.Samples, now));
        var state = await MigrationState.LoadAsync(statePath, from.ToString(), to.ToString(), cancellationToken);
        state = state is null
            ? new(from.ToString(), to.ToString(), begin, end, samplesBegin, begin, begin)
            : state with { End = end };
        await FindSitesAsync(sites, [written, source], state.Sites, cancellationToken);
        state = state with { Sites = sites };
        await Console.Error.WriteLineAsync(
            $"{from} to {to}: {state.Begin:u} to {state.End:u}, samples from {Later(state.Samples, samplesBegin):u}");
        var watch = new ProgressText();
        var migration = new Migration(source, target, written)
        {
            Advanced = async (step, share) =>
            {
                await step.SaveAsync(statePath, cancellationToken);
                watch.Show(share);
            },
        };
        var outcome = await migration.RunAsync(
            state with { Samples = Later(state.Samples, samplesBegin) }, samplesBegin, cancellationToken);
        return Conclude(outcome);
    }

    /// <summary>Where the newest is known of wins; what a migration has begun with stays.</summary>
    private static async Task FindSitesAsync(
        Dictionary<string, string> sites,
        ITelemetryHistory[] stores,
        IReadOnlyDictionary<string, string> begun,
        CancellationToken cancellationToken)
    {
        foreach (var store in stores)
        {
            foreach (var (serial, site) in await store.GetSitesAsync(cancellationToken))
            {
                sites[serial.Value] = site;
            }
        }

        foreach (var (serial, site) in begun)
        {
            sites[serial] = site;
        }
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private static DateTimeOffset Cutoff(TimeSpan keep, DateTimeOffset now) =>
        keep <= TimeSpan.Zero || keep > now - DateTimeOffset.UnixEpoch
            ? DateTimeOffset.UnixEpoch
            : DateTimeOffset.FromUnixTimeSeconds((now - keep + Margin).ToUnixTimeSeconds() / 3600 * 3600);

    private int Conclude(MigrationOutcome outcome)
    {
        var (source, target) = (outcome.Source, outcome.Target);
        Console.WriteLine($"{outcome.Begin:u} to {outcome.End:u}");
        Console.WriteLine($"samples   {source.Samples,12} read {target.Samples,12} there, from {outcome.SamplesBegin:u}");
        Console.WriteLine($"roll-ups  {source.Rollups,12} read {target.Rollups,12} there");
        Console.WriteLine($"forecasts {source.Forecasts,12} read {target.Forecasts,12} there");
        if (outcome.IsComplete)
        {
            File.Delete(statePath);
            return ExitCodes.Ok;
        }

        Console.Error.WriteLine(
            "Not all is there. Look whether the target keeps as long as the source (its retention), delete "
            + $"{statePath}, and run this again: what is there stays.");
        return ExitCodes.Failed;
    }
}
