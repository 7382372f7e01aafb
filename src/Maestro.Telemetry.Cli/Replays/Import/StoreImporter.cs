using System.Globalization;
using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Series;
using Maestro.Telemetry.Storage.Sqlite;

namespace Maestro.Telemetry.Cli.Replays.Import;

/// <summary>
/// The telemetry that the service has stored, summed to demand as the service sums it; each SGM weighs 1, because what it
/// weighed then is not stored. It is only read, and the service may go on writing.
/// </summary>
internal sealed class StoreImporter : ITraceImporter
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    /// <summary>That of the service's forecasts.</summary>
    private static readonly TimeSpan UsualStep = TimeSpan.FromMinutes(5);

    public IReadOnlyList<ImportedTrace> Read(IReadOnlyList<string> files, ImportOptions options)
    {
        var step = options.Step ?? UsualStep;
        return step >= Minute && step.Ticks % Minute.Ticks == 0
            ? [.. files.SelectMany(file => Read(file, step, options))]
            : throw new FormatException(
                $"--step is {step:c}; the store keeps minutes, so write a whole number of them, like 5m.");
    }

    private static IEnumerable<ImportedTrace> Read(string file, TimeSpan step, ImportOptions options)
    {
        var demand = Demand(file, step, options);
        var missing = options.Groups.FirstOrDefault(number => demand.Groups.All(group => group.Value != number));
        if (missing > 0)
        {
            throw new FormatException(string.Create(
                CultureInfo.InvariantCulture,
                $"{file}: --group is {missing}, and nothing is stored of it in that time; there ")
                + $"are {(demand.Groups.Count == 0 ? "none" : string.Join(", ", demand.Groups))}.");
        }

        double? unit = options.Resource == Resource.CpuWork ? 1 : null;
        foreach (var group in demand.Groups.Where(g => options.Groups.Count == 0 || options.Groups.Contains(g.Value)))
        {
            // An interval is known at its end: who decides at its beginning must not see it.
            var series = demand.Series(group, options.Resource, step)!;
            var name = string.Create(CultureInfo.InvariantCulture, $"group-{group.Value}");
            yield return new(name, name, series with { Start = series.Start + step }, unit);
        }
    }

    private static DemandAccumulator Demand(string file, TimeSpan step, ImportOptions options)
    {
        try
        {
            using var history = SqliteTelemetryHistory.Open(file);
            var (first, end) = history.Span
                ?? throw new FormatException($"{file}: it holds no telemetry yet; let the service collect some first.");

            // What stands at a time is of the interval before it.
            var from = options.From is { } wanted && wanted - step > first ? wanted - step : first;
            var to = options.To < end ? options.To.Value : end;
            var demand = new DemandAccumulator(static _ => 1, Math.Max(1, (int)((to - from) / Minute) + 1));
            foreach (var row in history.ReadRollups(new()
            {
                From = from,
                To = to,
                Metrics = DemandSeries.Metrics,
            }))
            {
                demand.Add(DemandSeries.FromRollup(row));
            }

            demand.CloseBefore(to);
            return demand;
        }
        catch (StoreUnavailableException e)
        {
            throw new FormatException($"{file}: {e.Message}", e);
        }
    }
}
