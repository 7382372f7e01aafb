using Maestro.Telemetry.Fabric;

namespace Maestro.Telemetry.Scaling.Arbitration;

/// <summary>What keeps SGMs from wandering between groups.</summary>
internal static class AntiThrash
{
    private static readonly TimeSpan Rest = TimeSpan.FromHours(6);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private const int MovesPerDay = 2;

    /// <summary>True when the SGM was moved so lately, or so often, that it stays.</summary>
    public static bool IsTired(PlannerInput input, GatewaySerial serial)
    {
        var moves = Moves(input).Where(c => c.Serial == serial).Select(c => input.Now - Brakes.EndOf(c)).ToList();
        return moves.Exists(age => age < Rest) || moves.Count(age => age < Day) >= MovesPerDay;
    }

    /// <summary>Why a group that got an SGM from another lately gives none; null when it may.</summary>
    public static Refusal? WasReceiver(PlannerInput input, SecurityGroupId id)
    {
        var received = Moves(input).Where(c => c.To == id && input.Now - Brakes.EndOf(c) < Rest).MaxBy(Brakes.EndOf);
        return received is null
            ? null
            : new(
                ReasonCode.Cooldown,
                $"it got SGM {received.Serial} from another group at {Words.Clock(Brakes.EndOf(received))}, "
                    + $"and gives none before {Words.Clock(Brakes.EndOf(received) + Rest)}");
    }

    private static IEnumerable<ScalingCommand> Moves(PlannerInput input) =>
        input.Commands.Where(c => c is { Kind: CommandKind.Move, State: CommandState.Verified });
}
