using System.CommandLine;
using System.Globalization;
using System.Numerics;

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

    /// <summary>A name that may be given more than once; none by default.</summary>
    public static Option<string[]> Many(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "name",
        DefaultValueFactory = _ => [],
    };

    /// <summary>A file for a report.</summary>
    public static Option<string?> Html() => new("--html")
    {
        Description = "File for a report with pictures, to open in a browser",
        HelpName = "file",
    };

    /// <summary>A number within bounds; another one is refused with both of them.</summary>
    public static Option<T> Within<T>(string name, string description, T value, T least, T most)
        where T : INumber<T>
    {
        var option = new Option<T>(name)
        {
            Description = description,
            HelpName = value is int ? "n" : "x",
            DefaultValueFactory = _ => value,
        };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<T>() is { } given && !(given >= least && given <= most))
            {
                result.AddError(string.Create(
                    CultureInfo.InvariantCulture, $"{name} is {given}; it must be from {least} to {most}."));
            }
        });
        return option;
    }
}
