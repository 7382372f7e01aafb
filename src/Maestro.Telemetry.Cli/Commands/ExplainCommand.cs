using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Maestro.Telemetry.Cli.Common;
using Maestro.Telemetry.Protocol.V1;
using Spectre.Console;

namespace Maestro.Telemetry.Cli.Commands;

internal static class ExplainCommand
{
    public static System.CommandLine.Command Create()
    {
        var group = new Argument<int>("group") { Description = "Number of the Security Group" };
        var at = new Option<DateTimeOffset?>("--at")
        {
            Description = "The time to explain, for example 2026-11-22T08:05:00Z; the default is now",
            HelpName = "time",
            CustomParser = ParseTime,
        };
        return ControlCommand.Create(
            "explain",
            "Say in sentences why a Security Group has the size it has",
            [group, at],
            (client, parsed, options) => client.ExplainAsync(
                new ExplainRequest { Group = parsed.GetValue(group), At = parsed.GetValue(at)?.ToTimestamp() }, options),
            (console, explanation) =>
            {
                console.WriteLine($"Group {explanation.Group} at {explanation.Time.ToDateTimeOffset():yyyy-MM-dd HH:mm:ss} UTC");
                foreach (var sentence in explanation.Sentences)
                {
                    console.WriteLine($"  {sentence}");
                }
            });
    }

    private static DateTimeOffset? ParseTime(ArgumentResult result)
    {
        var text = result.Tokens is [var token] ? token.Value : "";
        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
        {
            return time;
        }

        result.AddError($"'{text}' is not a time; write it like 2026-11-22T08:05:00Z.");
        return null;
    }
}
