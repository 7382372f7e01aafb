using System.Globalization;
using System.Text;
using System.Text.Json;
using Maestro.Telemetry.Cli.Backtests;
using Maestro.Telemetry.Cli.Replays;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Cli.Imports;

/// <summary>An import as people and programs read it.</summary>
internal static class ImportView
{
    /// <summary>Why nothing is stored; null when there is no reason.</summary>
    public static string? Refusal(ImportedSeries one, ImportSettings wanted)
    {
        if (one.Minutes.SpanOf(MinuteFate.Measured) is var (first, last))
        {
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{one.Series.Name}: {one.Minutes[MinuteFate.Measured]} minutes from {first:u} to {last:u} are known already, by ")
                + "what was measured or by another import of SGMs or the group, and stay; nothing is stored. Leave them out, "
                + $"for example with --until {first:yyyy-MM-ddTHH:mm}Z.";
        }

        return !wanted.Replace && one.Minutes.SpanOf(MinuteFate.Different) is var (begin, end)
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{one.Series.Name}: {one.Minutes[MinuteFate.Different]} minutes from {begin:u} to {end:u} were imported with ")
                + "other values; nothing is stored. If these are the right ones, say --replace."
            : null;
    }

    public static string Text(
        string store, ImportSettings wanted, IReadOnlyList<ImportedSeries> all, bool isRefused)
    {
        var text = new StringBuilder();
        var verb = wanted.DryRun || isRefused ? "would be stored" : "stored";
        foreach (var one in all)
        {
            var series = one.Series;
            var (least, mean, most) = Range(series.Intervals);
            Line(text, $"{series.Name}: {series.Intervals.Count} points of {BacktestView.Say(series.Intervals.Step)}, {series.Intervals.Start:u} to {series.Intervals.End:u}");
            Line(text, $"  as {Whose(series)} of group {wanted.Group} in {store}");
            Line(text, $"  {UnitOf(wanted.Resource)}: least {least:G4}, mean {mean:G4}, most {most:G4}");
            Line(text, $"  {one.Stored(wanted.Replace),9} minutes {verb}, {one.Minutes[MinuteFate.Same]} are there already");
            Left(text, one.TooOld, "are older than the store keeps (Maestro:Storage:KeepRollups)");
            Left(text, one.TooNew, "are so new that samples may still come (Maestro:Ingest:MaxSampleAge)");
            Left(text, Unknown(series), "are unknown");
        }

        return text.ToString().TrimEnd();
    }

    public static string Json(
        string store, ImportSettings wanted, IReadOnlyList<ImportedSeries> all, IReadOnlyList<string> refusals) =>
        JsonSerializer.Serialize(
            new
            {
                Store = store,
                Group = wanted.Group.Value,
                Resource = ResourceNames.ToName(wanted.Resource),
                Unit = UnitOf(wanted.Resource),
                wanted.DryRun,
                Refusals = refusals,
                Series = all.Select(one => Json(one, wanted.Replace)),
            },
            ReplayJson.Web);

    private static object Json(ImportedSeries one, bool replace)
    {
        var intervals = one.Series.Intervals;
        var (least, mean, most) = Range(intervals);
        return new
        {
            one.Series.Name,
            Serial = one.Series.IsOfWholeGroup ? null : one.Series.Serial.Value,
            Points = intervals.Count,
            intervals.Start,
            intervals.End,
            StepSeconds = intervals.Step.TotalSeconds,
            Least = least,
            Mean = mean,
            Most = most,
            Minutes = new
            {
                New = one.Minutes[MinuteFate.New],
                Added = one.Minutes[MinuteFate.Added],
                Replaced = replace ? one.Minutes[MinuteFate.Different] : 0,
                AlreadyThere = one.Minutes[MinuteFate.Same],
                Different = replace ? 0 : one.Minutes[MinuteFate.Different],
                Measured = one.Minutes[MinuteFate.Measured],
                one.TooOld,
                one.TooNew,
                Unknown = Unknown(one.Series),
            },
        };
    }

    private static void Left(StringBuilder text, long minutes, string why)
    {
        if (minutes > 0)
        {
            Line(text, $"  {minutes,9} minutes {why}");
        }
    }

    private static string Whose(HistorySeries series) =>
        series.IsOfWholeGroup ? "the demand" : $"SGM {series.Serial}";

    private static string UnitOf(Resource resource) => resource switch
    {
        Resource.CpuWork => "percent of an SGM",
        Resource.BitsPerSecond => "bit/s",
        Resource.ConcurrentConnections => "connections",
        _ => "connections a second",
    };

    private static long Unknown(HistorySeries series) =>
        (long)(series.Intervals.Count * series.Intervals.Step / HistorySeries.Minute)
            - series.Known(series.Intervals.Start, series.Intervals.End);

    private static (double Least, double Mean, double Most) Range(TimeSeries series)
    {
        var known = series.Values.ToArray().Where(double.IsFinite).ToList();
        return known.Count == 0 ? (double.NaN, double.NaN, double.NaN) : (known.Min(), known.Average(), known.Max());
    }

    private static void Line(StringBuilder text, FormattableString line) =>
        text.AppendLine(line.ToString(CultureInfo.InvariantCulture));
}
