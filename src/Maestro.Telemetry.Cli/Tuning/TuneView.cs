using Maestro.Telemetry.Cli.Backtests;
using Maestro.Telemetry.Cli.Replays;
using Maestro.Telemetry.Replay;
using Spectre.Console;
using static System.FormattableString;

namespace Maestro.Telemetry.Cli.Tuning;

/// <summary>A tuning as text.</summary>
internal static class TuneView
{
    /// <summary>The columns of the table and the report: the knobs, then the earlier part, then the later.</summary>
    public static IReadOnlyList<string> Columns { get; } =
    [
        .. TuneKnobs.All.Select(static knob => knob.IsDuration ? $"{knob.Name} min" : knob.Name),
        "under %", "× oracle(1)", "moves/day", "later: under %", "× oracle(1)", "moves/day", "",
    ];

    public static void Print(IAnsiConsole console, TuneOutcome outcome)
    {
        foreach (var group in outcome.Groups)
        {
            console.WriteLine($"{group.Name}: {About(outcome)}");
            var table = new Table { Border = TableBorder.Simple };
            foreach (var column in Columns)
            {
                table.AddColumn(new TableColumn(column).RightAligned());
            }

            foreach (var point in Frontier(group))
            {
                table.AddRow([.. Row(group, point).Select(Markup.Escape)]);
            }

            console.Write(table);
            foreach (var sentence in group.Advice.Sentences(outcome.Limits))
            {
                console.WriteLine(sentence);
            }

            console.WriteLine("For the group's entry in Maestro:Fabric:Groups:");
            foreach (var line in group.Configuration)
            {
                console.WriteLine("  " + line);
            }
        }

        console.WriteLine(Invariant($"{outcome.Groups[0].Points.Count} settings, {outcome.Fits} fits of ")
            + Invariant($"{outcome.Settings.Model.Name}, {outcome.Took.TotalSeconds:F1} s"));
    }

    public static string About(TuneOutcome outcome)
    {
        var scenario = outcome.Scenario;
        return Invariant($"settings chosen from {scenario.TimeAt(scenario.FirstStep):u} on, judged from ")
            + Invariant($"{scenario.TimeAt(outcome.Split):u} to {scenario.TimeAt(scenario.Steps - 1):u}; ")
            + Invariant($"the lead time {BacktestView.Say(outcome.Settings.Lead)}, ")
            + Invariant($"a violation above {100 * outcome.Settings.Hard:0.#} %");
    }

    /// <summary>What is worth choosing from, cheapest first, and what the policy has now.</summary>
    public static IEnumerable<TunePoint> Frontier(TuneGroup group) => group.Points
        .Where((p, i) => p.OnFrontier || i == 0 || p == group.Advice.Best)
        .OrderBy(static p => p.Chosen.UnitHours);

    public static string[] Row(TuneGroup group, TunePoint point) =>
    [
        .. point.Setting.Positions.Select(static position => Invariant($"{position:0.###}")),
        .. Figures(point.Chosen),
        .. Figures(point.Judged),
        Mark(group, point),
    ];

    private static string[] Figures(ElasticityMetrics metrics) =>
    [
        ReplayView.Number(metrics.UnderProvisionedPercent, 2),
        ReplayView.Number(metrics.UnitHoursVsOracle1, 3),
        ReplayView.Number(metrics.MovesPerDay, 1),
    ];

    private static string Mark(TuneGroup group, TunePoint point) =>
        (point == group.Advice.Best, point == group.Points[0]) switch
        {
            (true, true) => "recommended, as given",
            (true, false) => "recommended",
            (false, true) => "as given",
            _ => "",
        };
}
