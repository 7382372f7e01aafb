using System.Globalization;
using Maestro.Telemetry.Cli.Backtests;
using Maestro.Telemetry.Replay;
using Spectre.Console;
using static System.FormattableString;

namespace Maestro.Telemetry.Cli.Replays;

/// <summary>A replay as tables.</summary>
internal static class ReplayView
{
    /// <summary>The columns of the table and the report.</summary>
    public static IReadOnlyList<string> Columns { get; } =
    [
        "policy", "under %", "95 %", "× oracle(1)", "95 %", "moves/day", "× oracle(4)", "min/week", "longest min", "short unit-h",
        "slack %", "late", "wasted", "reversals/day", "N+1 exposed %",
    ];

    /// <summary>The columns of how the site was shared.</summary>
    public static IReadOnlyList<string> SharedColumns { get; } =
        ["policy", "short unit-h by priority", "served out of turn %", "unit-h", "× shared(1)", "moves/day"];

    public static void Print(IAnsiConsole console, ReplayOutcome outcome)
    {
        var scenario = outcome.Scenario;
        for (var i = 0; i < outcome.Result.Groups.Length; i++)
        {
            var group = outcome.Result.Groups[i];
            console.WriteLine(About(outcome, i));
            var table = new Table { Border = TableBorder.Simple };
            foreach (var (column, number) in Columns.Select(static (column, number) => (column, number)))
            {
                table.AddColumn(number == 0 ? new TableColumn(column) : new TableColumn(column).RightAligned());
            }

            foreach (var policy in group.Policies)
            {
                table.AddRow([.. Row(policy).Select(Markup.Escape)]);
            }

            console.Write(table);
            foreach (var line in Notes(outcome, i))
            {
                console.WriteLine(line);
            }

            ChangeView.Print(console, outcome.Changes, group.Name);
        }

        if (outcome.Result.Groups.Length > 1)
        {
            Together(console, outcome);
        }

        console.WriteLine(Invariant($"{scenario.Steps - scenario.FirstStep} decisions, {outcome.Fits} fits of ")
            + Invariant($"{outcome.Settings.Model.Name}, {outcome.Took.TotalSeconds:F1} s"));
    }

    public static string[] SharedRow(SharedResult shared) =>
    [
        shared.Name,
        Number(shared.WeightedShortageUnitHours, 1),
        Number(shared.InversionPercent, 2),
        Number(shared.UnitHours, 0),
        Number(shared.UnitHoursVsSharedOracle1, 3),
        Number(shared.MovesPerDay, 1),
    ];

    /// <summary>What it costs at least that the groups share the site, a sentence for each price of a change.</summary>
    public static IEnumerable<string> Arbitration(ReplayOutcome outcome)
    {
        var names = outcome.Result.Groups.Select(static g => g.Name).ToList();
        foreach (var oracle in outcome.Result.SharedOracles)
        {
            var missing = oracle.ShortageUnitHours
                .Select((hours, i) => Invariant($"{names[i]} {hours:F1}"));
            yield return Invariant($"At {oracle.Price:0} unit-hours a change, sharing costs {oracle.ArbitrationUnitHours:F1} ")
                + Invariant($"unit-hours: {oracle.UnitHours:F0} and {oracle.MovesPerDay:F1} moves a day together, ")
                + Invariant($"{oracle.UnitHoursAlone:F0} and {oracle.MovesPerDayAlone:F1} if each were alone; short unit-hours ")
                + $"that cannot be helped: {string.Join(", ", missing)}.";
        }
    }

    public static string About(ReplayOutcome outcome, int index)
    {
        var (scenario, settings) = (outcome.Scenario, outcome.Settings);
        var lead = scenario.JoinsOf(scenario.Groups[index]).Lead;
        return $"{outcome.Result.Groups[index].Name}: "
            + Invariant($"{scenario.TimeAt(scenario.FirstStep):u} to {scenario.TimeAt(scenario.Steps - 1):u}, ")
            + Invariant($"one sample each {BacktestView.Say(scenario.Step)}; a unit is {outcome.UnitCapacities[index]:G4}, ")
            + Invariant($"a violation is above {100 * settings.Hard:0.#} %, ")
            + Invariant($"the lead time {BacktestView.Say(lead)}");
    }

    public static string[] Row(PolicyResult policy)
    {
        var m = policy.Metrics;
        return
        [
            policy.Name,
            Number(m.UnderProvisionedPercent, 2),
            m.Intervals is { } a ? Between(a.UnderProvisionedPercent, 2) : "",
            Number(m.UnitHoursVsOracle1, 3),
            m.Intervals is { } b ? Between(b.UnitHoursVsOracle1, 2) : "",
            Number(m.MovesPerDay, 1),
            Number(m.MovesVsOracle4, 2),
            Number(m.ViolationMinutesPerWeek, 1),
            Number(m.LongestViolationMinutes, 0),
            Number(m.ShortageUnitHours, 1),
            Number(m.SlackPercent, 1),
            m.LateAdds.ToString(CultureInfo.InvariantCulture),
            m.WastedAdds.ToString(CultureInfo.InvariantCulture),
            Number(m.ReversalsPerDay, 1),
            Number(m.SingleLossExposurePercent, 1),
        ];
    }

    /// <summary>What else is to be known of a group.</summary>
    public static IEnumerable<string> Notes(ReplayOutcome outcome, int index)
    {
        var forecast = outcome.Forecasts[index];
        yield return Invariant($"Forecasts at the lead time: {forecast.MaximumCoverage95Percent:F1} % of maxima within the ")
            + Invariant($".95 quantile, MASE {Number(forecast.Mase, 2)}, bias {Number(100 * forecast.Bias, 1)} % of the mean.");
        if (outcome.Settings.Pool is { } pool)
        {
            yield return Invariant($"The planner shares {pool} free units with all groups; the others have as many as they want.");
        }

        foreach (var policy in outcome.Result.Groups[index].Policies.Where(static p => p.ExplainedPercent is not null))
        {
            var reasons = policy.Reasons.OrderByDescending(static r => r.Value).Take(8)
                .Select(static r => Invariant($"{r.Key} {r.Value}"));
            yield return Invariant($"{policy.Name}: forecast trusted {policy.TrustedPercent:F1} % of the time, ")
                + Invariant($"{policy.ExplainedPercent:F1} % of decisions explained, ")
                + Invariant($"{policy.RefusedPlans} plans refused; reasons {string.Join(", ", reasons)}.");
        }
    }

    /// <summary>A number as text; - when it is not known, and never -0.</summary>
    public static string Number(double value, int digits) =>
        double.IsFinite(value)
            ? (Math.Round(value, digits) + 0.0).ToString(Invariant($"F{digits}"), CultureInfo.InvariantCulture)
            : "-";

    private static void Together(IAnsiConsole console, ReplayOutcome outcome)
    {
        console.WriteLine("All groups together:");
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumns(SharedColumns[0]);
        foreach (var column in SharedColumns.Skip(1))
        {
            table.AddColumn(new TableColumn(column).RightAligned());
        }

        foreach (var shared in outcome.Result.Together)
        {
            table.AddRow([.. SharedRow(shared).Select(Markup.Escape)]);
        }

        console.Write(table);
        foreach (var line in Arbitration(outcome))
        {
            console.WriteLine(line);
        }
    }

    private static string Between(Interval interval, int digits) =>
        $"{Number(interval.Low, digits)}–{Number(interval.High, digits)}";
}
