using Maestro.Telemetry.Protocol.Connecting;
using Microsoft.Extensions.Options;

namespace Maestro.Telemetry.Agent;

/// <summary>Finds everything that is wrong with an agent's options at once.</summary>
public sealed class AgentOptionsValidator : IValidateOptions<AgentOptions>
{
    private const string Prefix = $"{AgentOptions.SectionName}:";

    public ValidateOptionsResult Validate(string? name, AgentOptions options) =>
        Check(options) is [_, ..] errors ? ValidateOptionsResult.Fail(errors) : ValidateOptionsResult.Success;

    /// <summary>One sentence for each error, with the key, the value and what to give instead.</summary>
    /// <param name="options">What to check; files that it names are read.</param>
    /// <param name="token">The access token, when it comes from elsewhere than a file.</param>
    public static IReadOnlyList<string> Check(AgentOptions options, string token = "") =>
    [
        .. CheckServer(options, token),
        .. CheckSerial(options.Serial),
        .. CheckLength("AgentId", options.AgentId, 1, 128),
        .. Ranges.Check($"{Prefix}Site (--site)", options.Site, 1, 1_000),
        .. CheckLength("Orchestrator", options.Orchestrator, 0, 64),
        .. Ranges.Check($"{Prefix}Group (--group)", options.Group, 0, 1_000),
        .. CheckLength("Model (--model)", options.Model, 0, 64),
        .. CheckLength("Release (--release)", options.Release, 0, 64),
        .. Ranges.Check(
            $"{Prefix}Interval (--interval)", options.Interval, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)),
        .. CheckSource(options),
        .. options.Trace.Validate($"{Prefix}{nameof(AgentOptions.Trace)}:"),
        .. options.Sender.Validate($"{Prefix}{nameof(AgentOptions.Sender)}:"),
        .. options.Journal.Validate($"{Prefix}{nameof(AgentOptions.Journal)}:"),
    ];

    private static IEnumerable<string> CheckServer(AgentOptions options, string token)
    {
        if (!Uri.TryCreate(options.Server, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
        {
            return [$"{Prefix}Server (--server) is '{options.Server}'; "
                + "give the collector's address, such as http://127.0.0.1:50051."];
        }

        return ServerConnection.Check(options.ToConnection(token), setting => setting switch
        {
            nameof(ServerConnectionOptions.TokenFile) => $"{Prefix}{setting} (--token-file)",
            nameof(ServerConnectionOptions.CaFile) => $"{Prefix}{setting} (--ca)",
            nameof(ServerConnectionOptions.CertificateFile) => $"{Prefix}{setting} (--cert)",
            nameof(ServerConnectionOptions.KeyFile) => $"{Prefix}{setting} (--key)",
            _ => $"{Prefix}Server (--server)",
        });
    }

    private static IEnumerable<string> CheckSerial(string serial)
    {
        if (serial.Length is < 1 or > 64 || serial.Any(char.IsWhiteSpace))
        {
            yield return $"{Prefix}Serial (--serial) is '{serial}'; give the serial number of the SGM, "
                + "1 to 64 characters without spaces.";
        }
    }

    private static IEnumerable<string> CheckLength(string option, string text, int least, int most)
    {
        if (text.Length < least || text.Length > most)
        {
            yield return $"{Prefix}{option} is '{text}' with {text.Length} characters; give {least} to {most}.";
        }
    }

    private static IEnumerable<string> CheckSource(AgentOptions options)
    {
        if (options.Source != "linux" && string.IsNullOrWhiteSpace(options.TraceFile))
        {
            yield return $"{Prefix}Source (--source) is '{options.Source}'; "
                + "give linux, or trace: and the path of a CSV file.";
        }
        else if (options.Source == "linux" && !Path.IsPathRooted(options.Linux.ProcRoot))
        {
            yield return $"{Prefix}Linux:ProcRoot is '{options.Linux.ProcRoot}'; give a full path, such as /proc.";
        }
    }
}
