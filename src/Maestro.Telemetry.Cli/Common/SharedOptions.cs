using System.CommandLine;

namespace Maestro.Telemetry.Cli.Common;

/// <summary>Options that several commands have.</summary>
internal static class SharedOptions
{
    public const string DefaultServer = "http://127.0.0.1:50051";

    public const string ServerVariable = "MAESTRO_SERVER";

    public static Option<string> Server() => new("--server")
    {
        Description = $"Address of the server's gRPC port; {ServerVariable} sets the default",
        HelpName = "url",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable(ServerVariable) ?? DefaultServer,
    };

    public static Option<bool> Json() => new("--json") { Description = "Print JSON instead of text" };

    public static Option<string> Actor() => new("--actor")
    {
        Description = "Who does it, for the record",
        HelpName = "name",
        DefaultValueFactory = _ => Environment.UserName,
    };

    /// <summary>0 when the argument is left out: everything.</summary>
    public static Argument<int> OptionalGroup() => new("group")
    {
        Description = "Number of the Security Group; without it, everything",
        Arity = ArgumentArity.ZeroOrOne,
        DefaultValueFactory = _ => 0,
    };
}
