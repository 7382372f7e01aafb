using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Maestro.Telemetry.Cli.Common;
using Maestro.Telemetry.Protocol.V1;
using Spectre.Console;

namespace Maestro.Telemetry.Cli.Commands;

/// <summary>When groups reach their caps and sites their last SGM.</summary>
internal static class RunwayCommand
{
    private const string About =
        "Say when Security Groups reach their caps and sites their last SGM, if demand goes on growing as it did";

    private const string Lesson = """
        The limit of a group is what it can carry at its cap (the policy's Maximum, 14 SGMs a site, 28 over all) within the
        policy's utilizations and with the losses that it must survive. The limit of a site is all its SGMs, against what
        its groups need there hour by hour, together.

        The date is where the line through the weekly peaks meets the limit, with an interval of 90 %. Six whole weeks of
        history are needed, and nothing is said of what is ten times further away than they reach. "NoGrowth" means that
        growth cannot be told from chance. A season of the year looks like growth.

        Examples:
          maestro runway 3
          maestro runway --json
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public static System.CommandLine.Command Create()
    {
        var group = SharedOptions.OptionalGroup();
        return ControlCommand.Create(
            "runway",
            About,
            [group],
            (client, parsed, options) => client.GetRunwayAsync(
                new GetRunwayRequest { Group = parsed.GetValue(group) }, options),
            Print,
            lesson: Lesson,
            patience: Patience);
    }

    private static void Print(IAnsiConsole console, RunwayResponse response)
    {
        var table = new Table().Border(TableBorder.Simple);
        string[] columns =
            ["what", "resource", "status", "limit", "peak now", "a week", "reaches", "between", "and", "weeks"];
        foreach (var column in columns)
        {
            table.AddColumn(column);
        }

        foreach (var runway in response.Runways)
        {
            table.AddRow(
                runway.Group == 0 ? Text($"site {runway.Site}") : Text($"group {runway.Group}"),
                new Text(runway.Resource),
                new Text(runway.Status),
                Text($"{runway.Limit:G4}"),
                runway.HasLevel ? Text($"{runway.Level:G4}") : new Text(""),
                runway.HasPerWeek ? Text($"{runway.PerWeek:+0.###;-0.###;0}") : new Text(""),
                new Text(Day(runway.Reaches)),
                new Text(Day(runway.Earliest)),
                new Text(runway.Status == "Growing" && runway.Latest is null ? "open" : Day(runway.Latest)),
                Text($"{runway.Weeks}"));
        }

        console.Write(table);
        foreach (var runway in response.Runways)
        {
            console.WriteLine(runway.Sentence);
            console.MarkupLineInterpolated($"[grey]  the limit: {runway.Because}[/]");
        }

        console.WriteLine(response.HistoryFrom is { } from
            ? $"History since {Day(from)}."
            : "There is no whole day of history yet.");
    }

    private static Text Text(FormattableString text) => new(text.ToString(CultureInfo.InvariantCulture));

    private static string Day(Timestamp? time) =>
        time is null ? "" : time.ToDateTime().ToString("d MMM yyyy", CultureInfo.InvariantCulture);
}
