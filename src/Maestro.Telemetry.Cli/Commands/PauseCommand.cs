using System.CommandLine;
using Google.Protobuf.WellKnownTypes;
using Maestro.Telemetry.Cli.Common;
using Maestro.Telemetry.Protocol.V1;

namespace Maestro.Telemetry.Cli.Commands;

internal static class PauseCommand
{
    public static System.CommandLine.Command Create()
    {
        var group = SharedOptions.OptionalGroup();
        var (site, stopsAdds, stopsRemovals) = (PauseOptions.Site(), PauseOptions.Out(), PauseOptions.In());
        var reason = new Option<string>("--reason") { Description = "Why, for those who find the pause later", Required = true };
        var duration = Durations.Option("--for", "End the pause by itself after this long, for example 2h");
        var actor = SharedOptions.Actor();
        return ControlCommand.Create(
            "pause",
            "Stop new commands; a change that is already applied is followed to its end",
            [group, site, stopsAdds, stopsRemovals, reason, duration, actor],
            (client, parsed, options) => client.PauseAsync(
                new PauseRequest
                {
                    Group = parsed.GetValue(group),
                    Site = parsed.GetValue(site),
                    Direction = PauseOptions.Direction(parsed.GetValue(stopsAdds), parsed.GetValue(stopsRemovals)),
                    Actor = parsed.GetValue(actor),
                    Reason = parsed.GetValue(reason),
                    Duration = parsed.GetValue(duration)?.ToDuration(),
                },
                options),
            PauseView.Print);
    }
}
