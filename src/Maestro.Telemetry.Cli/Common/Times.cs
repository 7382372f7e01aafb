using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Maestro.Telemetry.Cli.Common;

/// <summary>Moments as people write them: 2026-01-31, 2026-01-31T23:55Z; without a zone they are of UTC.</summary>
internal static class Times
{
    private const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;

    public static Option<DateTimeOffset?> Option(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "time",
        CustomParser = Parse,
    };

    public static bool TryParse(string text, out DateTimeOffset time) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, Utc, out time);

    private static DateTimeOffset? Parse(ArgumentResult result)
    {
        var text = result.Tokens is [var token] ? token.Value : "";
        if (TryParse(text, out var time))
        {
            return time;
        }

        result.AddError($"'{text}' is not a time; write it like 2026-01-31T23:55:00Z.");
        return null;
    }
}
