using System.CommandLine;
using Google.Protobuf.WellKnownTypes;
using Maestro.Telemetry.Cli.Common;
using Maestro.Telemetry.Protocol.V1;

namespace Maestro.Telemetry.Cli.Commands;

/// <summary>When SGMs or an Orchestrator can be upgraded without downtime.</summary>
internal static class UpgradePlanCommand
{
    private const string About =
        "Find when the SGMs of a Security Group, or an Orchestrator, can be upgraded; ends with 1 when there is no time";

    private const string Lesson = """
        A batch may be out while what is left, after the loss of as many more members as the group's policy says, carries
        the forecast's maximum at the policy's SurviveUtilization. In an active-standby or VSLS group the loss of a site
        must be survived, too. A site that stands by comes first; the SMO comes last. Each batch gets its earliest safe
        start. When there is no plan, the command says why and what would make one.

        --orchestrator tells what each group of the site loses meanwhile. Beside a second Orchestrator that is nothing, but
        no SGM can be added there, so the groups must do with what they have.

        Times are in UTC. A first answer fits models that look so far ahead, which may take some seconds.

        Examples:
          maestro upgrade-plan 3
          maestro upgrade-plan 3 --batch 2 --batch-time 20m --within 24h
          maestro upgrade-plan 3 --failures 0 --release R82.10 --json
          maestro upgrade-plan --orchestrator 1_1 --batch-time 1h
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    public static System.CommandLine.Command Create()
    {
        var group = new Argument<int>("group")
        {
            Description = "Number of the Security Group",
            Arity = ArgumentArity.ZeroOrOne,
            DefaultValueFactory = _ => 0,
        };
        var orchestrator = new Option<string?>("--orchestrator")
        {
            Description = "Orchestrator to upgrade, for example 1_1, in place of a group",
            HelpName = "name",
        };
        var batch = SharedOptions.Within("--batch", "SGMs at a time", 1, 1, 28);
        var time = Durations.Option(
            "--batch-time", "From taking a batch out until it carries its share again; the default is 30m");
        var within = Durations.Option("--within", "All must be done by so long from now, at most 7d; the default is 48h");
        var failures = new Option<int?>("--failures")
        {
            Description = "Members whose loss must be survived meanwhile; the default is the policy's",
            HelpName = "n",
        };
        var siteLoss = new Option<bool>("--accept-site-loss")
        {
            Description = "The loss of a site need not be survived meanwhile",
        };
        var release = new Option<string?>("--release")
        {
            Description = "Leave SGMs alone that run this release already",
            HelpName = "name",
        };
        var command = ControlCommand.Create(
            "upgrade-plan",
            About,
            [group, orchestrator, batch, time, within, failures, siteLoss, release],
            (client, parsed, options) => client.PlanUpgradeAsync(Request(parsed), options),
            UpgradePlanView.Print,
            (_, plan) => plan.Found ? ExitCodes.Ok : ExitCodes.Failed,
            Lesson,
            Patience);
        command.Validators.Add(result =>
        {
            if (result.GetValue(group) == 0 == (result.GetValue(orchestrator) is null))
            {
                result.AddError("Name a Security Group or, with --orchestrator, an Orchestrator; one of them, and not both.");
            }
        });
        return command;

        PlanUpgradeRequest Request(ParseResult parsed)
        {
            var request = new PlanUpgradeRequest
            {
                Group = parsed.GetValue(group),
                Orchestrator = parsed.GetValue(orchestrator) ?? "",
                Batch = parsed.GetValue(batch),
                BatchTime = parsed.GetValue(time)?.ToDuration(),
                Within = parsed.GetValue(within)?.ToDuration(),
                AcceptSiteLoss = parsed.GetValue(siteLoss),
                Release = parsed.GetValue(release) ?? "",
            };
            if (parsed.GetValue(failures) is { } given)
            {
                request.Failures = given;
            }

            return request;
        }
    }
}
