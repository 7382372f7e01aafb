using System.CommandLine;
using Maestro.Telemetry.Cli.Common;
using Maestro.Telemetry.Protocol.V1;
using Spectre.Console;

namespace Maestro.Telemetry.Cli.Commands;

internal static class RejectCommand
{
    public static System.CommandLine.Command Create()
    {
        var id = new Argument<string>("command-id") { Description = "Id of a proposed command; `maestro status` lists them" };
        var reason = new Option<string>("--reason") { Description = "Why, for the record", DefaultValueFactory = _ => "" };
        var actor = SharedOptions.Actor();
        return ControlCommand.Create(
            "reject",
            "End a proposed command",
            [id, reason, actor],
            (client, parsed, options) => client.RejectAsync(
                new RejectRequest
                {
                    CommandId = parsed.GetValue(id),
                    Actor = parsed.GetValue(actor),
                    Reason = parsed.GetValue(reason),
                },
                options),
            (console, command) => console.WriteLine($"{command.Kind} of {command.Serial} is {command.State}."));
    }
}
