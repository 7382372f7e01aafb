using System.Globalization;
using System.Text;
using Maestro.Telemetry.Replay;
using static System.FormattableString;
using static Maestro.Telemetry.Cli.Common.HtmlParts;

namespace Maestro.Telemetry.Cli.Replays;

/// <summary>A replay as one HTML file that needs nothing else: pictures, and what they show as tables too.</summary>
internal static class ReplayHtml
{
    private const int WorstDays = 3;

    private const string Look = """
        :root { --need: #c8d3df; --ours: #0b57d0; --short: #d1242f; --other: #8250df; --third: #1a7f37; --oracle: #59636e; }
        @media (prefers-color-scheme: dark) { :root { --need: #33404f; --ours: #79b8ff; --short: #ff7b72; --other: #d2a8ff; --third: #7ee787; --oracle: #9aa4af; } }
        body { max-width: 76rem; } table { font-size: .85rem; } th, td { padding: .2rem .35rem; }
        thead th { white-space: normal; vertical-align: bottom; }
        main > p, figcaption { max-width: 60rem; }
        tr.planner td { font-weight: 600; } tr.planner th { font-weight: 600; color: var(--ours); }
        h3 { margin-bottom: 0; } figure { margin: .5rem 0 1rem; }
        .need { fill: var(--need); } .serve { fill: none; stroke: var(--ours); stroke-width: 1.6; }
        .short { fill: var(--short); opacity: .45; } .line { fill: none; stroke-width: 1.6; }
        .ours .line { stroke: var(--ours); } .ours circle { fill: var(--ours); }
        .quantile .line { stroke: var(--third); } .quantile circle { fill: var(--third); }
        .hpa .line { stroke: var(--other); stroke-dasharray: 6 3; } .hpa circle { fill: var(--other); }
        .oracle .line { stroke: var(--oracle); stroke-dasharray: 2 3; } .oracle circle { fill: var(--oracle); }
        .rule circle { fill: none; stroke: var(--oracle); stroke-width: 1.6; }
        """;

    private const string About = """
        Every policy saw the same samples at the same time, none of them early, and what it ordered served after the
        lead time. An oracle knows the future and is never short; oracle-4 pays 4 unit-hours for each change. "under
        %" is the share of time with fewer units than needed.
        """;

    public static string Of(ReplayOutcome outcome)
    {
        var html = Begin("Replay", Look, About);
        for (var i = 0; i < outcome.Result.Groups.Length; i++)
        {
            Group(html, outcome, i);
        }

        if (outcome.Result.Groups.Length > 1)
        {
            Together(html, outcome);
        }

        return html.Append("</main>\n</body>\n</html>\n").ToString();
    }

    private static void Together(StringBuilder html, ReplayOutcome outcome)
    {
        html.Append("<h2>All groups together</h2>\n")
            .Append("<p>Units that were missing, those of a group divided by its priority, so that the first counts most; ")
            .Append("and the share of time in which a group was short while one that is served later had more than it ")
            .Append("needed.</p>\n");
        Table(
            html, "How the site was shared", ReplayView.SharedColumns, outcome.Result.Together.Select(ReplayView.SharedRow),
            classed: true);
        foreach (var line in ReplayView.Arbitration(outcome))
        {
            html.Append(CultureInfo.InvariantCulture, $"<p>{Text(line)}</p>\n");
        }
    }

    private static void Group(StringBuilder html, ReplayOutcome outcome, int index)
    {
        var group = outcome.Result.Groups[index];
        html.Append(CultureInfo.InvariantCulture, $"<h2>{Text(group.Name)}</h2>\n")
            .Append(CultureInfo.InvariantCulture, $"<p>{Text(ReplayView.About(outcome, index))}.</p>\n");
        Table(html, "Policies", ReplayView.Columns, group.Policies.Select(ReplayView.Row), classed: true);
        foreach (var note in ReplayView.Notes(outcome, index))
        {
            html.Append(CultureInfo.InvariantCulture, $"<p>{Text(note)}</p>\n");
        }

        Changes(html, outcome, group.Name);
        Frontier(html, outcome, group, index);
        Stability(html, group, index);
        Days(html, outcome, group, index);
    }

    private static void Changes(StringBuilder html, ReplayOutcome outcome, string group)
    {
        foreach (var (title, reports) in new[]
        {
            (ChangeView.FaultsTitle, outcome.Changes.Where(static c => c.IsFault).ToList()),
            (ChangeView.EventsTitle, outcome.Changes.Where(static c => !c.IsFault).ToList()),
        }.Where(static part => part.Item2.Count > 0))
        {
            html.Append(CultureInfo.InvariantCulture, $"<h3>{title}</h3>\n<p>{Text(ChangeView.Explanation)}</p>\n<ul>\n");
            foreach (var report in reports)
            {
                html.Append(
                    CultureInfo.InvariantCulture, $"<li><b>{report.Change.Name}</b>: {Text(report.Change.About)}</li>\n");
            }

            Table(html.Append("</ul>\n"), title, ChangeView.Columns, ChangeView.Rows(reports, group));
        }
    }

    private static void Frontier(StringBuilder html, ReplayOutcome outcome, GroupResult group, int index)
    {
        var points = outcome.Frontier.Where(p => p.Group == group.Name).ToList();
        if (points.Count == 0)
        {
            return;
        }

        var chart = new ScatterChart(
            "What fewer violations cost", "unit-hours, × oracle(1)", "under-provisioned, % of time", Invariant($"f{index}"));
        foreach (var policy in points.GroupBy(static p => p.Policy))
        {
            chart.Add(new(policy.Key, Style(policy.Key), [.. policy.OrderBy(static p => p.Metrics.UnitHours)
                .Select(static p => new ScatterPoint(
                    Knob(p), p.Metrics.UnitHoursVsOracle1, p.Metrics.UnderProvisionedPercent))]));
        }

        Figure(html, "What fewer violations cost", chart,
            "Each line is one policy with its knob swept: the quantile, or the utilization steered towards. Lower and "
            + "further left is better; compare at equal height or at equal cost.");
        Details(html, "The frontier", ["policy", "knob", "under %", "× oracle(1)", "moves/day"], points.Select(static p =>
            (string[])
            [
                p.Policy,
                Knob(p),
                ReplayView.Number(p.Metrics.UnderProvisionedPercent, 3),
                ReplayView.Number(p.Metrics.UnitHoursVsOracle1, 3),
                ReplayView.Number(p.Metrics.MovesPerDay, 1),
            ]));
    }

    private static void Stability(StringBuilder html, GroupResult group, int index)
    {
        var chart = new ScatterChart(
            "The price of stability", "moves per day", "unit-hours, × oracle(1)", Invariant($"p{index}"));
        var oracles = group.Policies.Where(static p => p.Name.StartsWith("oracle-", StringComparison.Ordinal)).ToList();
        chart.Add(new("oracle", "oracle", [.. oracles.OrderBy(static p => p.Metrics.MovesPerDay).Select(Point)]));
        foreach (var policy in group.Policies.Except(oracles).Where(static p => p.Metrics.UnitHoursVsOracle1 < 2))
        {
            var style = policy.Name == Contestants.Planner ? "ours" : "rule";
            chart.Add(new(policy.Name, style, [Point(policy)]));
        }

        Figure(html, "The price of stability", chart,
            "The line is what somebody who knows the future pays for changing less often. Policies above double the cost "
            + "are left out.");
    }

    private static ScatterPoint Point(PolicyResult policy) =>
        new(policy.Name, policy.Metrics.MovesPerDay, policy.Metrics.UnitHoursVsOracle1);

    /// <summary>The days with most shortage under the first policy.</summary>
    private static void Days(StringBuilder html, ReplayOutcome outcome, GroupResult group, int index)
    {
        var scenario = outcome.Scenario;
        var count = Math.Min(
            scenario.Steps - scenario.FirstMeasured, (int)Math.Round(TimeSpan.FromDays(WorstDays) / scenario.Step));
        var judged = group.Policies[0];
        var first = Worst(group.Demand, judged.Serving, scenario.FirstMeasured, count);
        html.Append(CultureInfo.InvariantCulture, $"<h3>The {WorstDays} days on which {Text(judged.Name)} was short most</h3>\n")
            .Append("<p>Shaded: units needed. Line: units that served. Red: fewer than needed.</p>\n");
        foreach (var (policy, number) in group.Policies.Select(static (policy, number) => (policy, number)))
        {
            if (policy.Name != "lower-bound")
            {
                var chart = new StepChart(scenario, group.Demand, policy, first, count, Invariant($"g{index}s{number}"));
                html.Append("<figure>").Append(chart.Svg()).Append('\n')
                    .Append(CultureInfo.InvariantCulture, $"<figcaption>{Text(chart.Description())}</figcaption></figure>\n");
            }
        }
    }

    private static int Worst(IReadOnlyList<int> demand, IReadOnlyList<int> serving, int from, int count)
    {
        var (sum, most, first) = (0, -1, from);
        for (var t = from; t < demand.Count; t++)
        {
            sum += Math.Max(0, demand[t] - serving[t]);
            sum -= t - count >= from ? Math.Max(0, demand[t - count] - serving[t - count]) : 0;
            if (t - from + 1 >= count && sum > most)
            {
                (most, first) = (sum, t - count + 1);
            }
        }

        return first;
    }

    private static string Style(string policy) => policy == Contestants.Planner ? "ours" : policy;

    private static string Knob(SweepPoint point) => point.Knob.ToString("0.###", CultureInfo.InvariantCulture);

    private static void Figure(StringBuilder html, string title, ScatterChart chart, string caption) => html
        .Append(CultureInfo.InvariantCulture, $"<h3>{Text(title)}</h3>\n<figure>").Append(chart.Svg())
        .Append(CultureInfo.InvariantCulture, $"\n<figcaption>{Text(caption)}</figcaption></figure>\n");

    private static void Details(
        StringBuilder html, string caption, IReadOnlyList<string> header, IEnumerable<string[]> rows)
    {
        html.Append("<details><summary>As a table</summary>\n");
        Table(html, caption, header, rows, classed: true);
        html.Append("</details>\n");
    }
}
