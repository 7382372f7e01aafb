using Maestro.Telemetry.Cli.Common;
using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Cli.Transfers;

/// <summary>Reads a part of a store and writes it as it comes, hour by hour, whatever its size.</summary>
internal sealed class ExportRun(StoreSettings store, ExportSettings settings)
{
    public static readonly MetricId[] Metrics = Enum.GetValues<MetricId>();

    private static readonly TimeSpan Piece = TimeSpan.FromHours(1);

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        await using var history = store.OpenHistory();
        long rows;
        if (settings.Out is null)
        {
            await using var output = Console.OpenStandardOutput();
            rows = await WriteAsync(history, output, cancellationToken);
        }
        else
        {
            await using var file = AtomicFile.Create(settings.Out);
            rows = await WriteAsync(history, file.Stream, cancellationToken);
            file.Keep();
        }

        await Console.Error.WriteLineAsync(
            $"{rows} {settings.What.ToString().ToLowerInvariant()} from {settings.From:u} to {settings.To:u}");
        return ExitCodes.Ok;
    }

    private async Task<long> WriteAsync(ITelemetryHistory history, Stream output, CancellationToken cancellationToken)
    {
        var selection = new HistorySelection(settings.From, settings.To, settings.Group, settings.Serial);
        if (settings.What == ExportWhat.Demand)
        {
            return await new DemandExport(history, settings.Resource, settings.Step)
                .WriteAsync(selection, output, cancellationToken);
        }

        IExportWriter writer = settings.IsLine ? new LineExport(output, store) : new CsvExport(output);
        var progress = new ProgressText();
        await writer.BeginAsync(settings.What, cancellationToken);
        var rows = 0L;

        // Outside of what is stored, years would be walked through.
        if (await Bounds(history, cancellationToken) is var (first, end))
        {
            for (var from = first; from < end; from += Piece)
            {
                var to = end - from < Piece ? end : from + Piece;
                rows += await WriteAsync(
                    history, writer, selection with { From = from, To = to }, cancellationToken);
                progress.Show((to - first) / (end - first));
            }
        }

        await writer.EndAsync(cancellationToken);
        return rows;
    }

    private async Task<(DateTimeOffset From, DateTimeOffset To)?> Bounds(
        ITelemetryHistory history, CancellationToken cancellationToken)
    {
        if (await history.GetSpanAsync(cancellationToken) is not var (first, end))
        {
            return null;
        }

        // A forecast is issued after the samples that it is made of.
        end = settings.What == ExportWhat.Forecasts ? end + Piece : end;
        return (first > settings.From ? first : settings.From, end < settings.To ? end : settings.To);
    }

    private async Task<long> WriteAsync(
        ITelemetryHistory history, IExportWriter writer, HistorySelection part, CancellationToken cancellationToken)
    {
        var rows = 0L;
        switch (settings.What)
        {
            case ExportWhat.Samples:
                await foreach (var sample in history.ReadSamplesAsync(part, cancellationToken))
                {
                    await writer.WriteAsync(sample, cancellationToken);
                    rows++;
                }

                break;
            case ExportWhat.Rollups:
                await foreach (var row in history.ReadRollupsAsync(Query(part), cancellationToken))
                {
                    await writer.WriteAsync(row, cancellationToken);
                    rows++;
                }

                break;
            default:
                await foreach (var forecast in history.ReadForecastsAsync(part, cancellationToken))
                {
                    await writer.WriteAsync(forecast, cancellationToken);
                    rows++;
                }

                break;
        }

        return rows;
    }

    private static RollupQuery Query(HistorySelection part) => new()
    {
        From = part.From,
        To = part.To,
        Group = part.Group,
        Serial = part.Serial,
        Metrics = Metrics,
    };
}
