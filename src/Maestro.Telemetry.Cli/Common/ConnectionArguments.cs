using System.CommandLine;
using Maestro.Telemetry.Agent;
using Maestro.Telemetry.Protocol.Connecting;

namespace Maestro.Telemetry.Cli.Common;

/// <summary>The options of every command that calls a server: where it is, who asks, and whom to trust.</summary>
internal sealed class ConnectionArguments
{
    public const string TokenVariable = "MAESTRO_TOKEN";
    public const string TokenFileVariable = "MAESTRO_TOKEN_FILE";
    public const string CaVariable = "MAESTRO_CA_FILE";

    private readonly Option<string> _server = SharedOptions.Server();

    private readonly Option<string> _token = File(
        "--token-file", $"File with an access token; {TokenFileVariable} sets the default, {TokenVariable} gives the token itself",
        TokenFileVariable);

    private readonly Option<string> _ca = File(
        "--ca", $"PEM file with the authority of the server's certificate; {CaVariable} sets the default", CaVariable);

    private readonly Option<string> _certificate = File("--cert", "PEM file with a client certificate");

    private readonly Option<string> _key = File("--key", "PEM file with its private key, when it is not in the same file");

    public void AddTo(System.CommandLine.Command command)
    {
        foreach (var option in new Option[] { _server, _token, _ca, _certificate, _key })
        {
            command.Add(option);
        }
    }

    /// <summary>What was given; the environment gives the token when no file is named.</summary>
    public ServerConnectionOptions Read(ParseResult parsed)
    {
        var file = parsed.GetValue(_token)!;
        return new ServerConnectionOptions
        {
            Address = parsed.GetValue(_server)!,
            TokenFile = file,
            Token = file.Length > 0 ? "" : Environment.GetEnvironmentVariable(TokenVariable) ?? "",
            CaFile = parsed.GetValue(_ca)!,
            CertificateFile = parsed.GetValue(_certificate)!,
            KeyFile = parsed.GetValue(_key)!,
        };
    }

    /// <summary>Sets what was given over the options that an agent has already.</summary>
    /// <returns>The token itself, when the environment gives it and no file is named.</returns>
    public string ReadOver(AgentOptions options, ParseResult parsed)
    {
        var given = Read(parsed);
        var named = parsed.GetResult(_server) is { Implicit: false }
            || Environment.GetEnvironmentVariable(SharedOptions.ServerVariable) is not null;
        options.Server = named || options.Server.Length == 0 ? given.Address : options.Server;
        options.TokenFile = Over(given.TokenFile, options.TokenFile);
        options.CaFile = Over(given.CaFile, options.CaFile);
        options.CertificateFile = Over(given.CertificateFile, options.CertificateFile);
        options.KeyFile = Over(given.KeyFile, options.KeyFile);
        return options.TokenFile.Length > 0 ? "" : given.Token;

        static string Over(string given, string present) => given.Length > 0 ? given : present;
    }

    /// <summary>Everything that is wrong with what was given; empty when it can be used.</summary>
    public static IReadOnlyList<string> Check(ServerConnectionOptions options) => ServerConnection.Check(options, OptionFor);

    /// <summary>What the option is called that a setting of a connection is given with.</summary>
    public static string OptionFor(string setting) => setting switch
    {
        nameof(ServerConnectionOptions.TokenFile) => "--token-file",
        nameof(ServerConnectionOptions.CaFile) => "--ca",
        nameof(ServerConnectionOptions.CertificateFile) => "--cert",
        nameof(ServerConnectionOptions.KeyFile) => "--key",
        _ => "--server",
    };

    private static Option<string> File(string name, string description, string? variable = null) => new(name)
    {
        Description = description,
        HelpName = "file",
        DefaultValueFactory = _ => (variable is null ? null : Environment.GetEnvironmentVariable(variable)) ?? "",
    };
}
