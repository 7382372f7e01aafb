using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Forecasts;
using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Cli.Transfers;

/// <summary>
/// Takes telemetry from one store to another: first the samples, of which the target makes its roll-ups itself, then the
/// roll-ups that it has not or not whole, then the forecasts. All of it may be done again without harm.
/// </summary>
internal sealed class Migration(ITelemetryHistory source, ITelemetryStore target, ITelemetryHistory written)
{
    private const int RowsAtOnce = 20_000;
    private const int RollupsAtOnce = 10_000;
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan QuarterDay = TimeSpan.FromHours(6);
    private static readonly MetricId[] Metrics = Enum.GetValues<MetricId>();

    /// <summary>Told after each piece: the state, and the share that is done.</summary>
    public Func<MigrationState, double, Task> Advanced { get; init; } = static (_, _) => Task.CompletedTask;

    /// <summary>Runs it from where the state says, and counts at the end.</summary>
    /// <param name="state">Where to begin.</param>
    /// <param name="samplesBegin">Where samples begin that the target keeps.</param>
    /// <param name="cancellationToken">Ends it between two steps; the state told last stands.</param>
    /// <exception cref="StoreUnavailableException">One of the stores cannot be used now.</exception>
    public async Task<MigrationOutcome> RunAsync(
        MigrationState state, DateTimeOffset samplesBegin, CancellationToken cancellationToken)
    {
        await foreach (var (from, to) in PiecesAsync(state.Samples, state.End, Hour))
        {
            await TakeSamplesAsync(from, to, cancellationToken);
            await TellAsync(state = state with { Samples = to }, to, 0, 0.7);
        }

        await foreach (var (from, to) in PiecesAsync(state.Rollups, state.End, QuarterDay))
        {
            await TakeRollupsAsync(from, to, cancellationToken);
            await TellAsync(state = state with { Rollups = to }, to, 0.7, 0.9);
        }

        await foreach (var (from, to) in PiecesAsync(state.Forecasts, state.End, QuarterDay))
        {
            await TakeForecastsAsync(from, to, cancellationToken);
            await TellAsync(state = state with { Forecasts = to }, to, 0.9, 1);
        }

        return new MigrationOutcome(
            state.Begin,
            samplesBegin,
            state.End,
            await CountAsync(source, state, samplesBegin, cancellationToken),
            await CountAsync(written, state, samplesBegin, cancellationToken));
    }

    private Task TellAsync(MigrationState state, DateTimeOffset done, double low, double high) =>
        Advanced(state, low + ((high - low) * ((done - state.Begin) / (state.End - state.Begin))));

    private static async Task<HistoryCounts> CountAsync(
        ITelemetryHistory history, MigrationState state, DateTimeOffset samplesBegin, CancellationToken cancellationToken)
    {
        var all = await history.CountAsync(state.Begin, state.End, cancellationToken);
        return samplesBegin <= state.Begin
            ? all
            : all with { Samples = (await history.CountAsync(samplesBegin, state.End, cancellationToken)).Samples };
    }

    private static async IAsyncEnumerable<(DateTimeOffset From, DateTimeOffset To)> PiecesAsync(
        DateTimeOffset from, DateTimeOffset end, TimeSpan length)
    {
        for (var next = from; next < end; next = from)
        {
            // A target on this machine works on the caller's thread.
            await Task.Yield();
            from = end - next < length ? end : next + length;
            yield return (next, from);
        }
    }

    private async Task TakeSamplesAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var gathering = new BatchGathering();
        await foreach (var sample in source.ReadSamplesAsync(new HistorySelection(from, to), cancellationToken))
        {
            gathering.Add(sample);
            if (gathering.Count >= RowsAtOnce)
            {
                await target.WriteAsync(gathering.Take(), cancellationToken);
            }
        }

        if (gathering.Count > 0)
        {
            await target.WriteAsync(gathering.Take(), cancellationToken);
        }
    }

    private async Task TakeRollupsAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var query = new RollupQuery { From = from, To = to, Metrics = Metrics };
        var there = await CountsThereAsync(query, cancellationToken);
        var missing = new List<RollupRow>();
        var writing = Task.CompletedTask;
        try
        {
            await foreach (var row in source.ReadRollupsAsync(query, cancellationToken))
            {
                // Of a minute whose samples are kept in part only, the target has made less than there was.
                if (Samples(row) > there.GetValueOrDefault((row.Minute, row.Serial, row.Group)))
                {
                    missing.Add(row with { Values = [.. row.Values] });
                }

                if (missing.Count >= RollupsAtOnce)
                {
                    // The next are read while these are written.
                    await writing;
                    writing = PutAsync(missing, cancellationToken);
                    missing = [];
                }
            }
        }
        finally
        {
            await writing;
        }

        await PutAsync(missing, cancellationToken);
    }

    /// <summary>How many values the target's roll-ups are of.</summary>
    private async Task<Dictionary<(DateTimeOffset, GatewaySerial, SecurityGroupId?), int>> CountsThereAsync(
        RollupQuery query, CancellationToken cancellationToken)
    {
        var counts = new Dictionary<(DateTimeOffset, GatewaySerial, SecurityGroupId?), int>();
        await foreach (var row in target.ReadRollupsAsync(query with { Extremes = [] }, cancellationToken))
        {
            counts[(row.Minute, row.Serial, row.Group)] = Samples(row);
        }

        return counts;
    }

    private async Task PutAsync(List<RollupRow> rollups, CancellationToken cancellationToken)
    {
        if (rollups.Count > 0)
        {
            await ((IRollupArchive)target).PutRollupsAsync(Metrics, rollups, cancellationToken);
        }
    }

    private static int Samples(RollupRow row)
    {
        var samples = 0;
        foreach (var value in row.Values)
        {
            samples += value.Count;
        }

        return samples;
    }

    private async Task TakeForecastsAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        await foreach (var forecast in source.ReadForecastsAsync(new HistorySelection(from, to), cancellationToken))
        {
            if (!await IsThereAsync(forecast, cancellationToken))
            {
                await target.AppendForecastAsync(forecast, cancellationToken);
            }
        }
    }

    private async Task<bool> IsThereAsync(DemandForecast forecast, CancellationToken cancellationToken) =>
        await target.GetForecastAsync(forecast.Group, forecast.Resource, forecast.IssuedAt, cancellationToken)
            is { IssuedAt: var issued } && issued == forecast.IssuedAt;
}
