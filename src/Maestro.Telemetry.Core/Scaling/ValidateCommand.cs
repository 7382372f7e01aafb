using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Scaling.Learning;

namespace Maestro.Telemetry.Scaling;

/// <summary>What one command must be, for itself.</summary>
internal static class ValidateCommand
{
    public static void Check(
        PlannerInput input, ScalingCommand command, List<ScalingCommand> others, List<string> findings)
    {
        var name = $"Command {command.Id}";
        var shape = (command.Kind, command.From is null, command.To is null) switch
        {
            (CommandKind.Add, true, false) or (CommandKind.Remove, false, true) => true,
            (CommandKind.Move, false, false) => command.From != command.To,
            _ => false,
        };
        if (!shape)
        {
            findings.Add(
                $"{name} is a {command.Kind} from {Place(command.From)} to {Place(command.To)}, "
                    + "which does not fit together.");
            return;
        }

        if (input.Fabric.Gateways.FirstOrDefault(g => g.Serial == command.Serial) is not { } gateway)
        {
            findings.Add($"{name} is about SGM {command.Serial}, which the fabric does not have.");
            return;
        }

        CheckGateway(name, command, gateway, findings);
        CheckOthers(name, input, command, others, findings);
        CheckStops(name, input, command, findings);
        foreach (var id in new[] { command.From, command.To }.OfType<SecurityGroupId>())
        {
            CheckGroup(name, input, command, gateway, id, findings);
        }
    }

    private static void CheckGateway(string name, ScalingCommand command, Gateway gateway, List<string> findings)
    {
        if (gateway.Group != command.From)
        {
            findings.Add(
                $"{name} takes SGM {command.Serial} from {Place(command.From)}, but it is in {Place(gateway.Group)}.");
        }

        if (gateway.Site != command.Site)
        {
            findings.Add($"{name} says site {command.Site}, but SGM {command.Serial} is cabled to site {gateway.Site}.");
        }

        if (command.Kind == CommandKind.Add && gateway.State != MemberState.Unassigned)
        {
            findings.Add($"{name} adds SGM {command.Serial}, which is {gateway.State} and not Unassigned.");
        }

        if (command.To is not null && gateway.Licensed is false)
        {
            findings.Add($"{name} gives SGM {command.Serial} to a group, but it has no valid licence.");
        }
    }

    private static void CheckOthers(
        string name, PlannerInput input, ScalingCommand command, List<ScalingCommand> others, List<string> findings)
    {
        foreach (var other in others)
        {
            var shown = other.State == CommandState.Proposed && other.Mode == ScalingMode.Observe;
            if (other.IsOpen && other.Serial == command.Serial && !(shown && command.Mode != ScalingMode.Observe))
            {
                findings.Add($"{name} is about SGM {command.Serial}, which is in the open command {other.Id}.");
            }

            if (other.State is CommandState.Approved or CommandState.Applying or CommandState.Applied
                && other.Site == command.Site
                && !(command.From is null && JoinsInTime(input, other)))
            {
                findings.Add($"{name} changes site {command.Site}, where command {other.Id} is in flight.");
            }
        }
    }

    // The Orchestrator is done with it, and nothing says that it goes wrong.
    private static bool JoinsInTime(PlannerInput input, ScalingCommand other) =>
        other.From is null
        && other.State == CommandState.Applied
        && input.Policies.FirstOrDefault(p => p.Group == other.To) is { } policy
        && LeadTime.OfJoin(input.LeadTimes, policy, other.Site, input.Fabric.Find(other.Serial)?.Model.Name) is var join
        && input.Now <= other.UpdatedAt + join + join;

    private static void CheckStops(string name, PlannerInput input, ScalingCommand command, List<string> findings)
    {
        foreach (var pause in input.Pauses)
        {
            var holds = pause.Until is not { } until || until > input.Now;
            var adds = command.To is { } to && pause.Direction != PauseDirection.In
                && (pause.Group is not { } receiver || receiver == to);
            var takes = command.From is { } from && pause.Direction != PauseDirection.Out
                && (pause.Group is not { } donor || donor == from);
            if (holds && (adds || takes) && (pause.Site is not { } site || site == command.Site))
            {
                findings.Add($"{name} crosses the pause of {pause.Actor} ({pause.Reason}).");
            }
        }

        foreach (var change in input.Fabric.PendingChanges)
        {
            var ours = input.Commands.Any(c =>
                c.State is CommandState.Approved or CommandState.Applying or CommandState.Applied
                && c.Serial == change.Serial && c.From == change.DeployedGroup && c.To == change.PendingGroup);
            if (!ours)
            {
                findings.Add($"{name} would be applied beside a staged change of somebody else: {change.Description}.");
            }
        }
    }

    private static void CheckGroup(
        string name,
        PlannerInput input,
        ScalingCommand command,
        Gateway gateway,
        SecurityGroupId id,
        List<string> findings)
    {
        if (input.Policies.FirstOrDefault(p => p.Group == id) is not { } policy
            || input.Fabric.Groups.All(g => g.Id != id))
        {
            findings.Add($"{name} touches SG {id}, which is not in the fabric or has no policy.");
            return;
        }

        var allowed = command.To == id ? policy.ScaleOutMode : policy.ScaleInMode;
        if (command.Mode > allowed)
        {
            findings.Add($"{name} has mode {command.Mode}, but SG {id} allows {allowed} at most.");
        }

        var releases = input.Fabric.Gateways
            .Where(g => g.Group == id)
            .Select(g => g.Release)
            .ToList();
        if (releases.Append(gateway.Release).Any(r => r.CompareTo(Release.R8120) < 0))
        {
            findings.Add($"{name} touches SG {id}, where a release below R81.20 is found.");
        }

        if (command.To == id && releases.Count > 0 && !releases.Contains(gateway.Release))
        {
            findings.Add($"{name} brings release {gateway.Release} to SG {id}, where no member has it.");
        }
    }

    private static string Place(SecurityGroupId? id) => id is { } group ? $"SG {group}" : "the pool";
}
