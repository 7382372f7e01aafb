using Maestro.Telemetry.Cli.Common;
using Maestro.Telemetry.Protocol.V1;

namespace Maestro.Telemetry.Cli.Commands;

internal static class StatusCommand
{
    public static System.CommandLine.Command Create() => ControlCommand.Create(
        "status",
        "Show groups, SGMs, demand, open commands and counters",
        [],
        (client, _, options) => client.GetStatusAsync(new GetStatusRequest(), options),
        StatusView.Print);
}
