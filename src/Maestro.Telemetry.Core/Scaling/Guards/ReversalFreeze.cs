using Maestro.Telemetry.Fabric;

namespace Maestro.Telemetry.Scaling.Guards;

/// <summary>A group that grew and shrank in turn, four times within two hours, keeps what it has for two.</summary>
internal static class ReversalFreeze
{
    public static Refusal? Read(PlannerInput input, SecurityGroupId id)
    {
        var changes = GroupCommands.Made(input, id)
            .OrderBy(c => c.CreatedAt)
            .ThenBy(c => c.Id, StringComparer.Ordinal)
            .ToList();
        var turns = new List<DateTimeOffset>();
        for (var i = 1; i < changes.Count; i++)
        {
            if ((changes[i].To == id) != (changes[i - 1].To == id))
            {
                turns.Add(changes[i].CreatedAt);
            }
        }

        for (var last = turns.Count - 1; last >= GuardRules.Reversals - 1; last--)
        {
            var until = turns[last] + GuardRules.ReversalFreeze;
            if (turns[last] - turns[last - GuardRules.Reversals + 1] <= GuardRules.ReversalWindow && until > input.Now)
            {
                return new(
                    ReasonCode.ReversalFreeze,
                    $"it grew and shrank in turn within two hours, last at {Words.Clock(turns[last])}; "
                        + $"nothing is removed before {Words.Clock(until)}");
            }
        }

        return null;
    }
}
