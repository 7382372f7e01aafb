using System.Globalization;
using Maestro.Telemetry.Replay.Faults;
using Spectre.Console;

namespace Maestro.Telemetry.Cli.Replays;

/// <summary>What came of replays in which something went wrong, as tables.</summary>
internal static class ChangeView
{
    public const string FaultsTitle = "When the telemetry was wrong";

    public const string EventsTitle = "When the demand did something else";

    public const string Explanation = "Removals by bad data leave fewer units than the same policy has in the replay "
        + "without the fault, then and for an hour; they are ordered at a wrong sample, or at a missing one or soon after "
        + "a fault although the demand needs more within that hour. Breaches are samples above a cap or below the "
        + "minimum; calls are commands carried out although the mode was observe or recommend.";

    /// <summary>The columns of the tables.</summary>
    public static IReadOnlyList<string> Columns { get; } =
    [
        "what", "policy", "under %", "× oracle(1)", "moves/day", "removals by bad data", "breaches", "calls in observe",
        "calls in recommend",
    ];

    public static IEnumerable<string[]> Rows(IEnumerable<ChangeReport> reports, string group) =>
        reports.SelectMany(report => report.Outcomes.Where(o => o.Group == group).Select(o => Row(report, o)));

    public static void Print(IAnsiConsole console, IReadOnlyList<ChangeReport> reports, string group)
    {
        Print(console, FaultsTitle, [.. Rows(reports.Where(static r => r.IsFault), group)]);
        Print(console, EventsTitle, [.. Rows(reports.Where(static r => !r.IsFault), group)]);
    }

    /// <summary>For JSON: one entry for each thing that went wrong.</summary>
    public static object Json(ChangeReport report) => new
    {
        report.Change.Name,
        Kind = report.IsFault ? "fault" : "event",
        report.Change.About,
        report.CallsInObserve,
        report.CallsInRecommend,
        Results = report.Outcomes.Select(static o => new
        {
            o.Group,
            o.Policy,
            o.Metrics.UnderProvisionedPercent,
            o.Metrics.UnitHoursVsOracle1,
            o.Metrics.MovesPerDay,
            o.Metrics.ViolationMinutesPerWeek,
            o.Metrics.LongestViolationMinutes,
            o.RemovalsInFaults,
            o.Breaches,
            o.TrustedPercent,
            Reasons = o.Reasons.ToDictionary(static r => r.Key.ToString(), static r => r.Value),
        }),
    };

    private static void Print(IAnsiConsole console, string title, List<string[]> rows)
    {
        if (rows.Count == 0)
        {
            return;
        }

        console.WriteLine(title);
        var table = new Table { Border = TableBorder.Simple };
        for (var i = 0; i < Columns.Count; i++)
        {
            table.AddColumn(i < 2 ? new TableColumn(Columns[i]) : new TableColumn(Columns[i]).RightAligned());
        }

        foreach (var row in rows)
        {
            table.AddRow([.. row.Select(Markup.Escape)]);
        }

        console.Write(table);
    }

    private static string[] Row(ChangeReport report, ChangeOutcome outcome)
    {
        var planned = outcome.Policy == Contestants.Planner;
        return
        [
            report.Change.Name,
            outcome.Policy,
            ReplayView.Number(outcome.Metrics.UnderProvisionedPercent, 2),
            ReplayView.Number(outcome.Metrics.UnitHoursVsOracle1, 3),
            ReplayView.Number(outcome.Metrics.MovesPerDay, 1),
            outcome.RemovalsInFaults.ToString(CultureInfo.InvariantCulture),
            Count(outcome.Breaches),
            Count(planned ? report.CallsInObserve : null),
            Count(planned ? report.CallsInRecommend : null),
        ];
    }

    private static string Count(int? count) => count?.ToString(CultureInfo.InvariantCulture) ?? "-";
}
