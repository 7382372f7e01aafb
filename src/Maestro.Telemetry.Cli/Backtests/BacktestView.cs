using System.Globalization;
using Maestro.Telemetry.Forecasting.Backtest;
using Maestro.Telemetry.Forecasting.Metrics;
using Spectre.Console;
using static System.FormattableString;

namespace Maestro.Telemetry.Cli.Backtests;

/// <summary>Backtests as tables.</summary>
internal static class BacktestView
{
    public static void Print(IAnsiConsole console, IReadOnlyList<SeriesBacktest> all)
    {
        foreach (var one in all)
        {
            var (origins, skipped) = (one.Result.Origins, one.Result.Skipped);
            console.WriteLine(
                Invariant($"{one.Name}: {one.Values.Length} values, {origins.Count} origins ")
                + Invariant($"from {one.TimeOf(origins[0]):u}{(skipped > 0 ? Invariant($", {skipped} skipped") : "")}"));
            console.Write(Scores(one));
            console.Write(Windows(one));
            foreach (var model in one.Result.Models.Where(static model => model.FellBack is not null))
            {
                console.WriteLine($"  {model.Model}: {model.FellBack}");
            }
        }

        if (all.Count > 1)
        {
            console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"mean of {all.Count} series"));
            console.Write(Means(all));
        }
    }

    /// <summary>The span of steps, as people say it: 5 min to 30 min.</summary>
    public static string Span(BucketResult bucket, TimeSpan step) => bucket.First == bucket.Last
        ? Say(bucket.First * step)
        : $"{Say(bucket.First * step)} to {Say(bucket.Last * step)}";

    public static string Say(TimeSpan span) => span switch
    {
        { TotalMinutes: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.#} s"),
        { TotalHours: < 2 } => string.Create(CultureInfo.InvariantCulture, $"{span.TotalMinutes:0.#} min"),
        { Minutes: 0 } => string.Create(CultureInfo.InvariantCulture, $"{span.TotalHours:0} h"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(span.TotalHours):0} h {span.Minutes} min"),
    };

    public static string Number(double value) =>
        double.IsNaN(value) ? "-" : value.ToString("F3", CultureInfo.InvariantCulture);

    public static string Percent(double share) =>
        double.IsNaN(share) ? "-" : (100 * share).ToString("F1", CultureInfo.InvariantCulture);

    private static Table Scores(SeriesBacktest one)
    {
        var table = NewTable(
            "model", "ahead", "MASE", "RMSSE", "sCRPS", "vs s-naive", "P95", "in 80 %", "in 95 %", "<= .95", "MSIS");
        foreach (var model in one.Result.Models)
        {
            foreach (var bucket in model.Buckets)
            {
                Row(table, model.Model, Span(bucket, one.Step), bucket.Score, bucket.RelativeLoss);
            }

            Row(table, model.Model, "all", model.Score, model.RelativeLoss);
        }

        return table;
    }

    private static Table Means(IReadOnlyList<SeriesBacktest> all)
    {
        var table = NewTable(
            "model", "ahead", "MASE", "RMSSE", "sCRPS", "vs s-naive", "P95", "in 80 %", "in 95 %", "<= .95", "MSIS");
        foreach (var models in all.SelectMany(static one => one.Result.Models).GroupBy(static model => model.Model))
        {
            Row(
                table,
                models.Key,
                "all",
                ForecastScore.Mean([.. models.Select(static model => model.Score)]),
                models.Select(static model => model.RelativeLoss).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average());
        }

        return table;
    }

    private static Table Windows(SeriesBacktest one)
    {
        var table = NewTable("model", "maximum over", "windows", "% at or below .95", "vs s-naive");
        foreach (var model in one.Result.Models)
        {
            foreach (var window in model.Windows)
            {
                table.AddRow(
                    Markup.Escape(model.Model),
                    Say(window.Steps * one.Step),
                    window.Count.ToString(CultureInfo.InvariantCulture),
                    Percent(window.Coverage),
                    Number(window.RelativeLoss));
            }
        }

        return table;
    }

    private static void Row(Table table, string model, string ahead, ForecastScore score, double relative) => table.AddRow(
        Markup.Escape(model),
        ahead,
        Number(score.Mase),
        Number(score.Rmsse),
        Number(score.Scrps),
        Number(relative),
        Number(score.Pinball95),
        Percent(score.Coverage80),
        Percent(score.Coverage95),
        Percent(score.Below95),
        Number(score.Msis));

    private static Table NewTable(params string[] columns)
    {
        var table = new Table().Border(TableBorder.Simple);
        for (var i = 0; i < columns.Length; i++)
        {
            var column = new TableColumn(columns[i]);
            table.AddColumn(i >= 2 ? column.RightAligned() : column);
        }

        return table;
    }
}
