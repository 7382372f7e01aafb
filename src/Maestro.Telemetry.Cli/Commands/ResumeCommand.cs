using Maestro.Telemetry.Cli.Common;
using Maestro.Telemetry.Protocol.V1;

namespace Maestro.Telemetry.Cli.Commands;

internal static class ResumeCommand
{
    public static System.CommandLine.Command Create()
    {
        var group = SharedOptions.OptionalGroup();
        var (site, stopsAdds, stopsRemovals) = (PauseOptions.Site(), PauseOptions.Out(), PauseOptions.In());
        var actor = SharedOptions.Actor();
        return ControlCommand.Create(
            "resume",
            "End a pause",
            [group, site, stopsAdds, stopsRemovals, actor],
            (client, parsed, options) => client.ResumeAsync(
                new ResumeRequest
                {
                    Group = parsed.GetValue(group),
                    Site = parsed.GetValue(site),
                    Direction = PauseOptions.Direction(parsed.GetValue(stopsAdds), parsed.GetValue(stopsRemovals)),
                    Actor = parsed.GetValue(actor),
                },
                options),
            PauseView.Print);
    }
}
