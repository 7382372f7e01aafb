using System.Globalization;
using System.Text;
using Maestro.Telemetry.Forecasting.Backtest;
using Maestro.Telemetry.Forecasting.Metrics;
using static System.FormattableString;
using static Maestro.Telemetry.Cli.Common.HtmlParts;

namespace Maestro.Telemetry.Cli.Backtests;

/// <summary>Backtests as one HTML file that needs nothing else: pictures, and every picture as a table too.</summary>
internal static class HtmlReport
{
    private const string Look = """
        :root { --band: #1f6feb; --median: #0b3d91; --actual: #b3400b; }
        @media (prefers-color-scheme: dark) { :root { --band: #58a6ff; --median: #a5d0ff; --actual: #ffa657; } }
        body { max-width: 60rem; }
        figure { margin: 1rem 0; }
        .origin { stroke: var(--soft); stroke-dasharray: 3 3; } .median, .actual { fill: none; }
        .median { stroke: var(--median); stroke-width: 1.5; stroke-dasharray: 6 3; }
        .actual { stroke: var(--actual); stroke-width: 1.5; }
        polygon { fill: var(--band); } .b95 { opacity: .15; } .b80 { opacity: .2; } .b50 { opacity: .3; }
        """;

    private const string About = """
        Each forecast was made with what was known at its origin, and is held against what followed. MASE below 1
        beats the last season repeated within the history; a loss below 1 against seasonal-naive beats that on the
        same days. 80 % and 95 % should be within the intervals of those names.
        """;

    private static readonly string[] ErrorColumns =
        ["model", "ahead", "MASE", "RMSSE", "sCRPS", "against seasonal-naive", "in 80 %", "in 95 %", "MSIS"];

    private static readonly string[] WindowColumns =
        ["model", "window", "windows", "% at or below", "loss against seasonal-naive"];

    public static string Of(IReadOnlyList<SeriesBacktest> all)
    {
        var html = Begin("Backtest", Look, About);
        for (var i = 0; i < all.Count; i++)
        {
            Series(html, all[i], Invariant($"s{i}"));
        }

        return html.Append("</main>\n</body>\n</html>\n").ToString();
    }

    private static void Series(StringBuilder html, SeriesBacktest one, string id)
    {
        var origins = one.Result.Origins;
        html.Append(CultureInfo.InvariantCulture, $"<h2>{Text(one.Name)}</h2>\n")
            .Append(CultureInfo.InvariantCulture, $"<p>{one.Values.Length} values, one each {Text(BacktestView.Say(one.Step))}; ")
            .Append(CultureInfo.InvariantCulture, $"{origins.Count} origins from {one.TimeOf(origins[0]):u} ")
            .Append(CultureInfo.InvariantCulture, $"to {one.TimeOf(origins[^1]):u}")
            .Append(one.Result.Skipped > 0 ? Invariant($"; {one.Result.Skipped} skipped") : "").Append(".</p>\n");
        foreach (var model in one.Result.Models.Where(static model => model.FellBack is not null))
        {
            html.Append(CultureInfo.InvariantCulture, $"<p>{Text(model.Model)}: {Text(model.FellBack!)}.</p>\n");
        }

        Tables(html, one);
        foreach (var (model, number) in one.Result.Models.Select(static (model, number) => (model, number)))
        {
            Pictures(html, one, model, Invariant($"{id}m{number}"));
        }
    }

    private static void Tables(StringBuilder html, SeriesBacktest one)
    {
        Table(html, "Errors by horizon", ErrorColumns,
            one.Result.Models.SelectMany(model => model.Buckets
                .Select(bucket => Row(model.Model, BacktestView.Span(bucket, one.Step), bucket.Score, bucket.RelativeLoss))
                .Append(Row(model.Model, "all", model.Score, model.RelativeLoss))));
        Table(html, "The .95 quantile of the maximum over windows", WindowColumns,
            one.Result.Models.SelectMany(model => model.Windows.Select(window => new[]
            {
                model.Model,
                BacktestView.Say(window.Steps * one.Step),
                window.Count.ToString(CultureInfo.InvariantCulture),
                BacktestView.Percent(window.Coverage),
                BacktestView.Number(window.RelativeLoss),
            })));
        Table(
            html,
            "Reliability: % of values at or below each quantile; the first row says what it should be",
            ["model", .. BacktestOptions.Levels.Select(BacktestView.Percent)],
            one.Result.Models.Select(static model => (string[])
                [model.Model, .. model.Reliability.Select(static level => BacktestView.Percent(level.Share))]));
    }

    private static void Pictures(StringBuilder html, SeriesBacktest one, ModelResult model, string id)
    {
        html.Append(CultureInfo.InvariantCulture, $"<h3>{Text(one.Name)} by {Text(model.Model)}</h3>\n");
        foreach (var (kept, number) in model.Kept.Select(static (kept, number) => (kept, number)))
        {
            var chart = new FanChart(one, model.Model, kept, Invariant($"{id}k{number}"));
            html.Append("<figure>").Append(chart.Svg()).Append('\n')
                .Append(CultureInfo.InvariantCulture, $"<figcaption>{Text(chart.Description())} ")
                .Append("Solid: what happened; dashed: the median; shaded: the 50, 80 and 95 % intervals.</figcaption>\n<details><summary>As a table</summary>\n");
            Table(html, "Forecast and what happened", ["time", "happened", "median", "50 %", "80 %", "95 %"], chart.Rows());
            html.Append("</details></figure>\n");
        }
    }

    private static string[] Row(string model, string ahead, ForecastScore score, double relative) =>
    [
        model,
        ahead,
        BacktestView.Number(score.Mase),
        BacktestView.Number(score.Rmsse),
        BacktestView.Number(score.Scrps),
        BacktestView.Number(relative),
        BacktestView.Percent(score.Coverage80),
        BacktestView.Percent(score.Coverage95),
        BacktestView.Number(score.Msis),
    ];
}
