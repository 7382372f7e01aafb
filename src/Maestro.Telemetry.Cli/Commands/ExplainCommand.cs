using System.CommandLine;
using System.CommandLine.Parsing;
using Maestro.Telemetry.Cli.Common;
using Maestro.Telemetry.Protocol.V1;
using Maestro.Telemetry.Series;
using Spectre.Console;

namespace Maestro.Telemetry.Cli.Commands;

internal static class ExplainCommand
{
    private const string Lesson =
        """
        It says, in this order: the decision and since when it holds, why, what happens if nothing is done, what the
        decision rests on, what else was considered, and, when another group got the SGM, which one and what it needs.
        With --at, it explains the decision in force then: the newest recorded at or before that time.

        A time is written as 2026-11-22T08:05Z (ISO 8601, UTC without a zone), as 08:05 (the last time it was that, UTC),
        or as 15m, 2h30m or 3d (so long ago, by the server's clock).

        Examples:
          maestro explain 1                 why group 1 has the size it has, with the newest numbers
          maestro explain 2 --at 03:12      what was decided about group 2 last night, and why
          maestro explain 2 --at 15m --json the same of a quarter of an hour ago, with the whole record
        """;

    public static System.CommandLine.Command Create()
    {
        var group = new Argument<int>("group") { Description = "Number of the Security Group" };
        var at = new Option<string?>("--at")
        {
            Description = "The time to explain: 2026-11-22T08:05Z, 08:05, or 15m for so long ago; the default is now",
            HelpName = "time",
            CustomParser = ReadTime,
        };
        return ControlCommand.Create(
            "explain",
            "Say in sentences why a Security Group has the size it has, or had it at a time",
            [group, at],
            (client, parsed, options) => client.ExplainAsync(
                new ExplainRequest { Group = parsed.GetValue(group), When = parsed.GetValue(at) ?? "" }, options),
            Print,
            lesson: Lesson);
    }

    private static void Print(IAnsiConsole console, Explanation explanation)
    {
        console.WriteLine($"Group {explanation.Group} at {explanation.Time.ToDateTimeOffset():yyyy-MM-dd HH:mm:ss} UTC");
        foreach (var sentence in explanation.Sentences)
        {
            console.WriteLine($"  {sentence}");
        }
    }

    // The server's clock counts, which is another one while a fabric is simulated; here only the form is looked at.
    private static string? ReadTime(ArgumentResult result)
    {
        var text = result.Tokens is [var token] ? token.Value : "";
        if (!PastTime.TryParse(text, TimeProvider.System.GetUtcNow(), out _))
        {
            result.AddError($"'{text}' is not a time; write it like {PastTime.Forms}.");
        }

        return text;
    }
}
