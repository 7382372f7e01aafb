using Maestro.Telemetry.Cli.Common;
using Maestro.Telemetry.Protocol.V1;
using Spectre.Console;

namespace Maestro.Telemetry.Cli.Commands;

internal static class PlanCommand
{
    public static System.CommandLine.Command Create() => ControlCommand.Create(
        "plan",
        "Show what the planner would do now; nothing is recorded and nothing is sent",
        [],
        (client, _, options) => client.PlanAsync(new PlanRequest(), options),
        (console, plan) =>
        {
            foreach (var decision in plan.Decisions)
            {
                console.WriteLine(
                    $"group {decision.Group}: {decision.Action} ({decision.ReasonCode}), {decision.Members} SGMs, {decision.Desired} wanted");
                console.WriteLine($"  {decision.Sentence}");
            }
        });
}
