using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Maestro.Telemetry.Cli.Common;
using Maestro.Telemetry.Cli.Replays;
using Maestro.Telemetry.Scaling;
using Maestro.Telemetry.Server.Configuration;
using Spectre.Console;

namespace Maestro.Telemetry.Cli.Commands;

/// <summary>When the schedules of a group will hold next.</summary>
internal static class ScheduleCommand
{
    private const string Lesson = """
        It reads the settings only, and asks no server. Times are those of the schedule's zone, and UTC beside them; days on
        which the clock is changed are right and noted. "orders from" is when the planner begins to order SGMs for a floor
        that the group has not: the policy's LeadTime and two minutes before the start. The service uses the lead time that
        it has learned when it knows better (`maestro explain` says which).

        Settings whose schedules contradict each other are refused, with the schedules, as at the start of the service.

        Examples:
          maestro schedule --config /etc/maestro/maestro.json 3
          maestro schedule --at 2026-10-24 --count 2 --json 3
        """;

    public static System.CommandLine.Command Create()
    {
        var group = new Argument<int>("group") { Description = "Number of the Security Group" };
        var at = Times.Option("--at", "What ends later than this; the default is now");
        var count = SharedOptions.Within("--count", "How many times of each schedule", 5, 1, 100);
        var (config, json) = (ServerSettings.File(), SharedOptions.Json());
        var command = new TaughtCommand("schedule", "Show when the schedules of a Security Group hold next, and what they do", Lesson)
        {
            group, at, count, config, json,
        };
        command.SetAction(parsed => Run(
            parsed.GetValue(config),
            parsed.GetValue(group),
            parsed.GetValue(at) ?? TimeProvider.System.GetUtcNow(),
            parsed.GetValue(count),
            parsed.GetValue(json)));
        return command;
    }

    private static int Run(FileInfo? file, int number, DateTimeOffset at, int count, bool json)
    {
        FabricOptions fabric;
        try
        {
            fabric = Read(file);
        }
        catch (FormatException e)
        {
            Console.Error.WriteLine(e.Message);
            return ExitCodes.Usage;
        }

        if (fabric.Groups.Find(g => g.Id == number) is not { } group)
        {
            Console.Error.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"Group {number} has no policy in the settings; there are {(fabric.Groups.Count == 0 ? "none" : string.Join(", ", fabric.Groups.Select(g => g.Id)))}."));
            return ExitCodes.Failed;
        }

        var policy = group.ToPolicy("");
        var preview = SchedulePreview.Of(policy, at, count);
        if (json)
        {
            Console.WriteLine(Json(policy, at, preview));
        }
        else
        {
            Print(Terminal.Out, group.DisplayName, policy, at, preview);
        }

        return ExitCodes.Ok;
    }

    /// <exception cref="FormatException">The settings cannot be used; the message says all that is wrong.</exception>
    private static FabricOptions Read(FileInfo? file) =>
        ServerSettings.Read(file, [], SectionReader.Read<FabricOptions>);

    private static void Print(
        IAnsiConsole console, string name, ScalingPolicy policy, DateTimeOffset at, IReadOnlyList<PreviewedOccurrence> preview)
    {
        if (preview.Count == 0)
        {
            console.WriteLine(policy.Schedules.IsEmpty
                ? $"{name} has no schedules."
                : $"No schedule of {name} holds after {at:u}.");
            return;
        }

        var table = new Table().Border(TableBorder.Simple);
        string[] columns = ["schedule", "what", "from", "to", "zone", "from (UTC)", "to (UTC)", "orders from (UTC)"];
        foreach (var column in columns)
        {
            table.AddColumn(column);
        }

        foreach (var one in preview)
        {
            table.AddRow(
                Markup.Escape(one.Schedule.Name),
                What(one.Schedule),
                Local(one.Start),
                Local(one.End),
                Markup.Escape(one.Schedule.Zone.Id),
                Local(one.Start.ToUniversalTime()),
                Local(one.End.ToUniversalTime()),
                one.OrderFrom is { } order ? Local(order.ToUniversalTime()) : "");
        }

        console.Write(table);
        foreach (var one in preview)
        {
            foreach (var note in one.Notes)
            {
                console.WriteLine($"{one.Schedule.Name}, {Local(one.Start)}: {note}.");
            }
        }
    }

    private static string Local(DateTimeOffset time) => time.ToString("ddd yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private static string What(ScalingSchedule schedule) => schedule.Kind switch
    {
        ScheduleKind.Floor => string.Create(CultureInfo.InvariantCulture, $"at least {schedule.Minimum}"),
        ScheduleKind.Ceiling => string.Create(CultureInfo.InvariantCulture, $"at most {schedule.Maximum}"),
        ScheduleKind.Exact => string.Create(CultureInfo.InvariantCulture, $"exactly {schedule.Minimum}"),
        ScheduleKind.Freeze => schedule.AllowEmergency ? "no change but in need" : "no change",
        _ => "removals allowed",
    };

    private static string Json(ScalingPolicy policy, DateTimeOffset at, IReadOnlyList<PreviewedOccurrence> preview) =>
        JsonSerializer.Serialize(
            new
            {
                Group = policy.Group.Value,
                At = at,
                LeadTimeSeconds = policy.LeadTime.TotalSeconds,
                Occurrences = preview.Select(one => new
                {
                    Schedule = one.Schedule.Name,
                    one.Schedule.Kind,
                    Minimum = one.Schedule.IsFloor ? one.Schedule.Minimum : (int?)null,
                    Maximum = one.Schedule.IsCeiling ? one.Schedule.Maximum : (int?)null,
                    Zone = one.Schedule.Zone.Id,
                    one.Start,
                    one.End,
                    StartUtc = one.Start.UtcDateTime,
                    EndUtc = one.End.UtcDateTime,
                    OrderFromUtc = one.OrderFrom?.UtcDateTime,
                    one.Notes,
                }),
            },
            ReplayJson.Web);
}
