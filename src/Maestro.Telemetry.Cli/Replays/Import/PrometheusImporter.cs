using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Cli.Replays.Import;

/// <summary>
/// Answers of /api/v1/query_range of the Prometheus HTTP API (https://prometheus.io/docs/prometheus/latest/querying/api/):
/// each series is a group. A series that several files hold is one, put together in order of time.
/// </summary>
internal sealed class PrometheusImporter : ITraceImporter
{
    public IReadOnlyList<ImportedTrace> Read(IReadOnlyList<string> files, ImportOptions options)
    {
        var all = new List<PrometheusSeries>();
        foreach (var file in files)
        {
            PrometheusAnswer.Read(file, all);
        }

        var names = Names(all, Path.GetFileNameWithoutExtension(files[0]));
        var step = options.Step ?? PointGrid.StepOf([.. all.MaxBy(static s => s.Points.Count)!.Points.Keys])
            ?? throw new FormatException(
                $"{files[0]}: no series has two points, so that there is no step; ask for a longer range, or give --step.");
        return [.. all.Zip(names, (series, name) => new ImportedTrace(name, name, Resample(series, step)))];
    }

    private static TimeSeries Resample(PrometheusSeries series, TimeSpan step)
    {
        var usual = PointGrid.StepOf([.. series.Points.Keys]);
        return PointGrid.Of(
            [.. series.Points.Select(static p => (p.Key, p.Value))], step, usual is { } one && one < step ? one : step);
    }

    /// <summary>What tells the series apart: the labels in which they differ.</summary>
    private static List<string> Names(List<PrometheusSeries> all, string one)
    {
        if (all.Count == 1)
        {
            return [one];
        }

        var telling = all.SelectMany(static s => s.Labels.Keys).Distinct(StringComparer.Ordinal)
            .Where(label => all.Select(s => s.Labels.GetValueOrDefault(label)).Distinct().Count() > 1)
            .Order(StringComparer.Ordinal).ToList();
        return
        [
            .. all.Select(series => string.Join(',', telling
                .Where(series.Labels.ContainsKey).Select(label => $"{label}={series.Labels[label]}")) is { Length: > 0 } name
                    ? name : "no labels"),
        ];
    }
}
