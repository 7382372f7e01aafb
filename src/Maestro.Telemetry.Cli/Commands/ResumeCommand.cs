using Maestro.Telemetry.Cli.Common;
using Maestro.Telemetry.Protocol.V1;

namespace Maestro.Telemetry.Cli.Commands;

internal static class ResumeCommand
{
    public static System.CommandLine.Command Create()
    {
        var group = SharedOptions.OptionalGroup();
        var actor = SharedOptions.Actor();
        return ControlCommand.Create(
            "resume",
            "End a pause",
            [group, actor],
            (client, parsed, options) => client.ResumeAsync(
                new ResumeRequest { Group = parsed.GetValue(group), Actor = parsed.GetValue(actor) }, options),
            PauseView.Print);
    }
}
