using System.Globalization;
using System.Text;
using Maestro.Telemetry.Cli.Replays;
using Maestro.Telemetry.Replay;
using static System.FormattableString;
using static Maestro.Telemetry.Cli.Common.HtmlParts;

namespace Maestro.Telemetry.Cli.Tuning;

/// <summary>A tuning as one HTML file that needs nothing else.</summary>
internal static class TuneHtml
{
    private const string Look = """
        :root { --ours: #0b57d0; --other: #9aa4af; --third: #1a7f37; --given: #8250df; }
        @media (prefers-color-scheme: dark) { :root { --ours: #79b8ff; --other: #59636e; --third: #7ee787; --given: #d2a8ff; } }
        body { max-width: 66rem; } figure { margin: .5rem 0 1rem; }
        .line { fill: none; stroke-width: 1.6; }
        .all circle { fill: none; stroke: var(--other); } .all .line { stroke: none; }
        .frontier circle { fill: var(--ours); } .frontier .line { stroke: none; }
        .best circle { fill: var(--third); r: 6px; } .given circle { fill: var(--given); r: 5px; }
        pre { background: var(--rule); padding: .75rem; overflow-x: auto; }
        """;

    private const string About = """
        Each point is the planner with its knobs set in another way, over the same traffic and with the same
        forecasts. Settings are chosen by the earlier part of the trace, and judged by the later one, which the
        choice did not see.
        """;

    public static string Of(TuneOutcome outcome)
    {
        var html = Begin("Tuning", Look, About);
        for (var g = 0; g < outcome.Groups.Count; g++)
        {
            Group(html, outcome, g);
        }

        return html.Append("</main>\n</body>\n</html>\n").ToString();
    }

    private static void Group(StringBuilder html, TuneOutcome outcome, int index)
    {
        var group = outcome.Groups[index];
        html.Append(CultureInfo.InvariantCulture, $"<h2>{Text(group.Name)}</h2>\n<p>{Text(TuneView.About(outcome))}.</p>\n");
        foreach (var sentence in group.Advice.Sentences(outcome.Limits))
        {
            html.Append(CultureInfo.InvariantCulture, $"<p>{Text(sentence)}</p>\n");
        }

        html.Append("<pre>").Append(Text(string.Join('\n', group.Configuration))).Append("</pre>\n");
        Figure(html, group, "What fewer violations cost", "under-provisioned, % of time", Invariant($"u{index}"),
            static m => m.UnderProvisionedPercent);
        Figure(html, group, "What fewer changes cost", "changes a day", Invariant($"m{index}"),
            static m => m.MovesPerDay);
        Table(html, "The frontier, cheapest first", TuneView.Columns,
            TuneView.Frontier(group).Select(point => TuneView.Row(group, point)));
    }

    private static void Figure(
        StringBuilder html, TuneGroup group, string title, string up, string id, Func<ElasticityMetrics, double> value)
    {
        var chart = new ScatterChart(title, "unit-hours, × oracle(1)", up, id);
        Add(chart, "", "all", group.Points.Where(static p => !p.OnFrontier), value);
        Add(chart, "", "frontier", group.Points.Where(static p => p.OnFrontier), value);
        Add(chart, "as given", "given", [group.Points[0]], value);
        Add(chart, "recommended", "best", [group.Advice.Best], value);
        html.Append(CultureInfo.InvariantCulture, $"<h3>{Text(title)}</h3>\n<figure>").Append(chart.Svg())
            .Append("\n<figcaption>In the earlier part. Filled: no other setting is as good in shortage, cost and changes.")
            .Append("</figcaption></figure>\n");
    }

    private static void Add(
        ScatterChart chart, string name, string style, IEnumerable<TunePoint> points, Func<ElasticityMetrics, double> value)
    {
        List<ScatterPoint> drawn =
            [.. points.Select(p => new ScatterPoint(p.Setting.Name, p.Chosen.UnitHoursVsOracle1, value(p.Chosen)))];
        if (drawn.Count > 0)
        {
            chart.Add(new(name, style, drawn));
        }
    }
}
