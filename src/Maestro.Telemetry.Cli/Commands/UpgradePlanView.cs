using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Maestro.Telemetry.Protocol.V1;
using Spectre.Console;

namespace Maestro.Telemetry.Cli.Commands;

/// <summary>A plan for an upgrade as text.</summary>
internal static class UpgradePlanView
{
    private const int WindowsShown = 12;

    public static void Print(IAnsiConsole console, UpgradePlan plan)
    {
        var (colour, head) = plan.Found ? ("green", "plan") : ("red", "no plan");
        console.MarkupLineInterpolated($"[{colour}]{head}[/] {plan.Sentence}");
        if (plan.Batches.Count > 0)
        {
            console.Write(Batches(plan));
        }

        if (plan.Impacts.Count > 0)
        {
            console.Write(Impacts(plan));
        }

        foreach (var problem in plan.Problems)
        {
            console.MarkupLineInterpolated($"[red]{problem.Rule}[/] {problem.Sentence}");
        }

        foreach (var relief in plan.Reliefs)
        {
            console.MarkupLineInterpolated($"[yellow]would help[/] {relief.Sentence}");
        }

        if (plan.Windows.Count > 0)
        {
            var what = plan.Group == 0 ? "It may be out" : "Any batch may be out";
            var windows = plan.Windows.Take(WindowsShown).Select(w => $"{At(w.From)} to {At(w.To)}");
            var more = plan.Windows.Count > WindowsShown ? $", and {plan.Windows.Count - WindowsShown} more" : "";
            console.WriteLine($"{what} (UTC): {string.Join(", ", windows)}{more}");
        }

        foreach (var note in plan.Notes)
        {
            console.MarkupLineInterpolated($"[blue]note[/] {note}");
        }
    }

    private static Table Batches(UpgradePlan plan)
    {
        var table = NewTable("batch", "site", "SGMs", "start (UTC)", "at the latest", "units out", "may be used", "expected");
        foreach (var batch in plan.Batches)
        {
            var serials = string.Join(", ", batch.Serials) + (batch.HasSmo ? " (SMO)" : "");
            table.AddRow(
                Text($"{batch.Number}"),
                Text($"{batch.Site}"),
                new Text(serials),
                new Text(batch.Start is null ? "none is safe" : At(batch.Start)),
                new Text(At(batch.LatestStart)),
                Text($"{batch.UnitsOut:0.##}"),
                Units(batch.Ceiling),
                batch.HasDemand ? Units(batch.Demand) : new Text(""));
        }

        return table;
    }

    private static Table Impacts(UpgradePlan plan)
    {
        var table = NewTable(
            "group", "SGMs on site", "units lost", "may be used", "expected", "earliest (UTC)", "what it loses");
        foreach (var impact in plan.Impacts)
        {
            table.AddRow(
                Text($"{impact.Group} {impact.Name}"),
                Text($"{impact.MembersOnSite}"),
                Text($"{impact.UnitsLost:0.##}"),
                Units(impact.Ceiling),
                impact.HasDemand ? Units(impact.Demand) : new Text(""),
                new Text(At(impact.Earliest)),
                new Text(impact.Sentence));
        }

        return table;
    }

    private static Table NewTable(params string[] columns)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var column in columns)
        {
            table.AddColumn(column);
        }

        return table;
    }

    private static Text Units(double units) =>
        double.IsPositiveInfinity(units) ? new("any") : units < 0 ? new("none") : Text($"{units:0.##}");

    private static Text Text(FormattableString text) => new(text.ToString(CultureInfo.InvariantCulture));

    private static string At(Timestamp? time) =>
        time is null ? "" : time.ToDateTime().ToString("ddd d MMM HH:mm", CultureInfo.InvariantCulture);
}
