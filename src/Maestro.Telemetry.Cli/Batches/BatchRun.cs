using System.Globalization;
using Maestro.Telemetry.Cli.Common;
using Maestro.Telemetry.Forecasting;
using Maestro.Telemetry.Forecasting.Batch;
using Maestro.Telemetry.Forecasting.Models;
using Spectre.Console;

namespace Maestro.Telemetry.Cli.Batches;

/// <summary>Reads tasks, forecasts them on all cores, and writes the forecasts in the order of the tasks.</summary>
internal sealed class BatchRun(BatchSettings settings, TimeProvider time)
{
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var toStandard = settings.Out == BatchSettings.Standard;
        if (settings.Tasks != BatchSettings.Standard && !File.Exists(settings.Tasks))
        {
            await Console.Error.WriteLineAsync(
                $"--tasks is '{settings.Tasks}', and there is no such file; name one, or - for standard input.");
            return ExitCodes.Usage;
        }

        try
        {
            await using var input = settings.Tasks == BatchSettings.Standard
                ? Console.OpenStandardInput()
                : File.OpenRead(settings.Tasks);
            BatchSummary summary;
            if (toStandard)
            {
                await using var output = new BufferedStream(Console.OpenStandardOutput(), 1 << 16);
                summary = await WithProgressAsync(input, output, cancellationToken);
            }
            else
            {
                await using var output = AtomicFile.Create(settings.Out);
                summary = await WithProgressAsync(input, output.Stream, cancellationToken);
                output.Keep();
            }

            Tell(summary, toStandard ? Terminal.Error : Terminal.Out);
            return summary.Failed > 0 ? ExitCodes.Failed : ExitCodes.Ok;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return ExitCodes.Usage;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync(toStandard ? "Stopped." : $"Stopped; {settings.Out} was not written.");
            return ExitCodes.Failed;
        }
    }

    /// <summary>Forecasts all tasks of a stream.</summary>
    /// <param name="progress">Told the bytes read and the series done; may be null.</param>
    internal async Task<BatchSummary> ForecastAsync(
        Stream input, Stream output, Action<long, BatchProgress>? progress, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var summary = new BatchSummary();
        var reader = new TaskReader(input);
        using var writer = new ForecastWriter(output, settings.Maxima, settings.Details);
        var forecaster = new BatchForecaster(Options());
        await foreach (var result in forecaster.RunAsync(reader.ReadAsync(cancellationToken), null, cancellationToken))
        {
            await writer.WriteAsync(result, cancellationToken);
            summary.Add(result);
            progress?.Invoke(reader.Position, new(summary.Count, summary.FellBack, summary.Failed));
        }

        await output.FlushAsync(cancellationToken);
        summary.Elapsed = time.GetElapsedTime(started);
        return summary;
    }

    private BatchOptions Options() => new()
    {
        Chain = settings.Model is null
            ? FallbackChain.Default
            : new([.. new[] { settings.Model, new SeasonalNaiveModel(), new NaiveModel() }.DistinctBy(m => m.Name)]),
        Jobs = settings.Jobs,
        Budget = settings.Budget is { } budget ? () => new CancellationTokenSource(budget, time) : null,
    };

    private async Task<BatchSummary> WithProgressAsync(Stream input, Stream output, CancellationToken cancellationToken)
    {
        if (Console.IsErrorRedirected)
        {
            return await ForecastAsync(input, output, null, cancellationToken);
        }

        var length = settings.Tasks == BatchSettings.Standard ? 0 : input.Length;
        return await Terminal.Error.Progress().AutoClear(true).StartAsync(async context =>
        {
            var bar = context.AddTask("forecasting", maxValue: Math.Max(1, length));
            bar.IsIndeterminate = length == 0;
            return await ForecastAsync(input, output, Show, cancellationToken);

            void Show(long position, BatchProgress done)
            {
                bar.Value = position;
                bar.Description = string.Create(
                    CultureInfo.InvariantCulture,
                    $"{done.Done} series, {done.FellBack} fell back, {done.Failed} without forecast");
            }
        });
    }

    private void Tell(BatchSummary summary, IAnsiConsole console)
    {
        summary.PrintErrors(Terminal.Error);
        if (settings.Json)
        {
            // Not through the console, which may wrap lines.
            (console == Terminal.Out ? Console.Out : Console.Error).WriteLine(summary.ToJson());
        }
        else
        {
            summary.Print(console);
        }
    }
}
