using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Maestro.Telemetry.Cli.Common;

/// <summary>Durations as people write them: 500ms, 90s, 2m, 1h30m, 14d.</summary>
internal static partial class Durations
{
    public static Option<TimeSpan?> Option(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "duration",
        CustomParser = Parse,
    };

    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        var match = Form().Match(text);
        if (!match.Success || match.Length == 0)
        {
            return false;
        }

        duration = new TimeSpan(Part("d"), Part("h"), Part("m"), Part("s"), Part("ms"));
        return duration > TimeSpan.Zero;

        int Part(string name) =>
            match.Groups[name] is { Success: true, Value: var value } ? int.Parse(value, CultureInfo.InvariantCulture) : 0;
    }

    private static TimeSpan? Parse(ArgumentResult result)
    {
        var text = result.Tokens is [var token] ? token.Value : "";
        if (TryParse(text, out var duration))
        {
            return duration;
        }

        result.AddError($"'{text}' is not a duration; write it like 90s, 2m, 1h30m or 14d.");
        return null;
    }

    [GeneratedRegex(@"^(?:(?<d>\d{1,4})d)?(?:(?<h>\d{1,4})h)?(?:(?<m>\d{1,5})m)?(?:(?<s>\d{1,6})s)?(?:(?<ms>\d{1,6})ms)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
