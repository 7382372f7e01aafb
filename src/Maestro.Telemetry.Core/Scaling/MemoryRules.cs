using System.Collections.Immutable;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Scaling.Guards;

namespace Maestro.Telemetry.Scaling;

/// <summary>What is carried from cycle to cycle: the stabilization window and the membership last seen.</summary>
internal static class MemoryRules
{
    /// <summary>When the membership last changed without a command of ours, as long as that matters.</summary>
    public static DateTimeOffset? OutOfBandAt(PlannerInput input, SecurityGroupId id, ImmutableArray<Gateway> members)
    {
        if (!input.Memory.Groups.TryGetValue(id.Value, out var memory))
        {
            // Seen for the first time: adopted as it is.
            return null;
        }

        var before = memory.Members.ToHashSet(StringComparer.Ordinal);
        var after = members.Select(m => m.Serial.Value).ToHashSet(StringComparer.Ordinal);
        var joined = after.Except(before).Any(s => !Explained(input, s, c => c.To == id));
        var left = before.Except(after).Any(s => !Explained(input, s, c => c.From == id));
        if (joined || left)
        {
            return input.Now;
        }

        return input.Now - memory.OutOfBandAt < PlannerRules.OutOfBandWait ? memory.OutOfBandAt : null;
    }

    /// <summary>True when fewer SGMs were enough in every cycle of the window, without a gap in which nobody looked.</summary>
    public static bool WasEnough(PlannerInput input, GroupState state, double units)
    {
        var from = input.Now - state.Policy.Stabilization;
        var wanted = Recent(input, state.Id, state.Policy);
        return wanted is [var oldest, ..]
            && oldest.Time <= from
            && wanted.All(w => w.Units <= units + PlannerRules.Tolerance);
    }

    /// <summary>The memory after this cycle, of this group.</summary>
    public static GroupMemory Next(PlannerInput input, GroupState state)
    {
        var wanted = Recent(input, state.Id, state.Policy);
        if (state.Verdict.Use == TelemetryUse.Full)
        {
            var weights = state.Committed.Select(g => g.Model.Weight).ToList();
            wanted = wanted.Add(new(input.Now, state.LongNeed.WantedOf(weights)));
        }

        var next = new GroupMemory
        {
            Wanted = wanted,
            Members = [.. state.Members.Select(m => m.Serial.Value).Order(StringComparer.Ordinal)],
            FailedJoins = state.FailedJoins,
            LateJoins = state.LateJoins,
            Expected = SurgeHold.Next(input, state),
            Surge = state.Surge,
            ForecastAt = LostForecast.LastSeen(input, state),
            OutOfBandAt = state.OutOfBandAt,
        };
        return GuardReader.Remember(next, state.Guards);
    }

    // The entries of the window and the one before it, so that the window is known to be full.
    private static ImmutableArray<WantedAt> Recent(PlannerInput input, SecurityGroupId id, ScalingPolicy policy)
    {
        if (!input.Memory.Groups.TryGetValue(id.Value, out var memory))
        {
            return [];
        }

        var from = input.Now - policy.Stabilization;
        var next = input.Now;
        var kept = new Stack<WantedAt>();
        foreach (var wanted in memory.Wanted.Where(w => w.Time < input.Now).OrderByDescending(w => w.Time))
        {
            if (next - wanted.Time > PlannerRules.MemoryGap)
            {
                break;
            }

            kept.Push(wanted);
            next = wanted.Time;
            if (wanted.Time <= from)
            {
                break;
            }
        }

        return [.. kept];
    }

    private static bool Explained(PlannerInput input, string serial, Func<ScalingCommand, bool> matches) =>
        input.Commands.Any(c =>
            c.Serial.Value == serial
            && c.State is not (CommandState.Proposed or CommandState.Rejected or CommandState.Expired)
            && matches(c));
}
