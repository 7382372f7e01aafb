using Maestro.Telemetry.Server.Configuration;

namespace Maestro.Telemetry.Cli.Transfers;

/// <summary>A store on the command line: sqlite:DIRECTORY or influxdb:URL/DATABASE.</summary>
internal static class StoreLocation
{
    public const string Form = "sqlite:DIRECTORY or influxdb:http://HOST:8086/DATABASE";

    /// <summary>The settings that name it; null when the text is neither.</summary>
    public static IReadOnlyList<KeyValuePair<string, string?>>? Parse(string text)
    {
        var (kind, rest) = text.IndexOf(':', StringComparison.Ordinal) is var colon and > 0
            ? (text[..colon], text[(colon + 1)..])
            : ("", "");
        return kind switch
        {
            "sqlite" when rest.Length > 0 => [Setting("Kind", "sqlite"), Setting("Directory", rest)],
            "influxdb" => Influx(rest),
            _ => null,
        };
    }

    private static KeyValuePair<string, string?>[]? Influx(string address)
    {
        var slash = address.LastIndexOf('/');
        return slash > 0 && slash < address.Length - 1
            && Uri.TryCreate(address[..slash], UriKind.Absolute, out var url) && url.Host.Length > 0
            ?
            [
                Setting("Kind", "influxdb"),
                Setting("Influx:Url", address[..slash]),
                Setting("Influx:Database", Uri.UnescapeDataString(address[(slash + 1)..])),
            ]
            : null;
    }

    private static KeyValuePair<string, string?> Setting(string key, string value) =>
        new($"{StorageOptions.SectionName}:{key}", value);
}
