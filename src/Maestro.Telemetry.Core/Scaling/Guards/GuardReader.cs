using System.Collections.Immutable;
using Maestro.Telemetry.Fabric;

namespace Maestro.Telemetry.Scaling.Guards;

/// <summary>Reads what the brakes know of a group, out of the input and the memory, and writes the memory.</summary>
internal static class GuardReader
{
    public static GuardFacts Read(
        PlannerInput input,
        ScalingPolicy policy,
        GroupTelemetry? telemetry,
        TelemetryVerdict verdict,
        ImmutableArray<Gateway> serving)
    {
        var memory = input.Memory.Groups.GetValueOrDefault(policy.Group.Value);
        var sample = telemetry?.NewestSample;
        var isNew = IsNew(telemetry, memory);
        var measures = verdict.Use != TelemetryUse.FloorsOnly;
        var dip = DipGuard.Read(input, measures ? telemetry : null, memory, isNew);
        var hot = measures ? ElephantFlow.Find(policy, telemetry, serving) : null;
        var facts = new GuardFacts
        {
            UnusableSince = verdict.Since,
            SamplesToRecover = SamplesToRecover(verdict, telemetry, memory),
            LastSample = sample ?? memory?.LastSample,
            DipSamples = dip.Samples,
            DipSince = dip.Since,
            DipUntil = dip.Until,
            DipDemand = dip.Demand,
            HotSince = hot is null ? null : memory?.HotSince ?? input.Now,

            // One busy sample is no flow: it must have been hot in the cycle before.
            Hot = memory?.HotSince is null ? null : hot,
            Reversal = ReversalFreeze.Read(input, policy.Group),
            NoRelief = NoRelief.Read(input, policy.Group, telemetry),
            FailedChanges = FailedChanges.Read(input, policy.Group),
        };
        return facts with { Trips = Trips(input.Now, memory, facts) };
    }

    /// <summary>Good samples that are still to come before an SGM is removed.</summary>
    public static int SamplesToRecover(TelemetryVerdict verdict, GroupTelemetry? telemetry, GroupMemory? memory) =>
        verdict.Use != TelemetryUse.Full
            ? GuardRules.SamplesToRecover
            : Math.Max(0, (memory?.SamplesToRecover ?? 0) - (IsNew(telemetry, memory) ? 1 : 0));

    /// <summary>What a group's memory keeps of the brakes.</summary>
    public static GroupMemory Remember(GroupMemory memory, GuardFacts facts) => memory with
    {
        UnusableSince = facts.UnusableSince,
        SamplesToRecover = facts.SamplesToRecover,
        LastSample = facts.LastSample,
        DipSamples = facts.DipSamples,
        DipSince = facts.DipSince,
        DipUntil = facts.DipUntil,
        DipDemand = facts.DipDemand,
        HotSince = facts.HotSince,
        Trips = facts.Trips,
    };

    /// <summary>Writes into the record what the brakes make of the group, whatever is decided.</summary>
    public static void Note(GroupState state)
    {
        if (state.Guards.Hot is { } hot)
        {
            state.Steps.Add(new(
                ReasonCodes.ToCode(ReasonCode.ElephantFlow),
                state.CommittedUnits,
                state.CommittedUnits,
                ElephantFlow.Sentence(hot)));
            state.Alternatives.Add($"Not another SGM for the hot one: {ElephantFlow.Sentence(hot)}.");
        }

        if (DipGuard.Why(state) is { } dip)
        {
            state.Alternatives.Add($"Not fewer SGMs: {dip.Sentence}.");
        }
    }

    private static bool IsNew(GroupTelemetry? telemetry, GroupMemory? memory) =>
        telemetry?.NewestSample is { } sample && !(sample <= memory?.LastSample);

    private static ImmutableArray<BrakeTrip> Trips(DateTimeOffset now, GroupMemory? memory, GuardFacts facts)
    {
        var trips = (memory?.Trips ?? []).Where(t => now - t.Since < GuardRules.Day).ToList();
        foreach (var reason in Holding(facts))
        {
            var last = trips.FindLastIndex(t => t.Reason == reason && now - t.LastSeen <= PlannerRules.MemoryGap);
            if (last < 0)
            {
                trips.Add(new(reason, now, now));
            }
            else
            {
                trips[last] = trips[last] with { LastSeen = now };
            }
        }

        return [.. trips];
    }

    private static IEnumerable<ReasonCode> Holding(GuardFacts facts)
    {
        if (facts.DipUntil is not null)
        {
            yield return ReasonCode.DipGuard;
        }

        foreach (var refusal in new[] { facts.Reversal, facts.NoRelief, facts.FailedChanges })
        {
            if (refusal is not null)
            {
                yield return refusal.Reason;
            }
        }
    }
}
