using System.CommandLine;
using System.Runtime.InteropServices;
using System.Text.Json;
using Maestro.Telemetry.Cli.Common;
using Maestro.Telemetry.Server;

namespace Maestro.Telemetry.Cli.Commands;

internal static class VersionCommand
{
    public static System.CommandLine.Command Create()
    {
        var json = SharedOptions.Json();
        var command = new Command("version", "Print the version") { json };
        command.SetAction(parsed => Console.WriteLine(parsed.GetValue(json)
            ? JsonSerializer.Serialize(new
            {
                version = ProductVersion.Current,
                runtime = RuntimeInformation.FrameworkDescription,
                platform = RuntimeInformation.RuntimeIdentifier,
            })
            : $"maestro {ProductVersion.Current} ({RuntimeInformation.FrameworkDescription}, {RuntimeInformation.RuntimeIdentifier})"));
        return command;
    }
}
