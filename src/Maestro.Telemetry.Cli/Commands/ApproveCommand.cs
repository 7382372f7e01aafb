using System.CommandLine;
using Maestro.Telemetry.Cli.Common;
using Maestro.Telemetry.Protocol.V1;
using Spectre.Console;

namespace Maestro.Telemetry.Cli.Commands;

internal static class ApproveCommand
{
    public static System.CommandLine.Command Create()
    {
        var id = new Argument<string>("command-id") { Description = "Id of a proposed command; `maestro status` lists them" };
        var actor = SharedOptions.Actor();
        return ControlCommand.Create(
            "approve",
            "Let a proposed command go out",
            [id, actor],
            (client, parsed, options) => client.ApproveAsync(
                new ApproveRequest { CommandId = parsed.GetValue(id), Actor = parsed.GetValue(actor) }, options),
            (console, command) => console.WriteLine($"{command.Kind} of {command.Serial} is {command.State}."));
    }
}
