using System.Collections.Immutable;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Scaling;
using static System.FormattableString;

namespace Maestro.Telemetry.Upgrades;

/// <summary>
/// Plans the upgrade of a group's SGMs without downtime (S15): in which order, with whom, and when, so that no batch
/// breaks the survive ceiling by the forecast. A pure function of its input.
/// </summary>
public static class UpgradePlanner
{
    /// <summary>The plan with the earliest start of each batch in turn.</summary>
    /// <param name="input">What it depends on.</param>
    /// <param name="id">The group; it must be in the fabric.</param>
    /// <param name="batchSize">SGMs at a time, at least 1.</param>
    /// <param name="target">SGMs that run this release already are left alone; null for all.</param>
    /// <exception cref="ArgumentException">The fabric has no such group, or a number is out of range.</exception>
    public static UpgradePlan Plan(UpgradeInput input, SecurityGroupId id, int batchSize, Release? target = null)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(input.BatchTime, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(input.Within, TimeSpan.Zero);
        var group = input.Fabric.Find(id)
            ?? throw new ArgumentException($"The fabric has no Security Group {id}.", nameof(id));
        var state = new UpgradeGroup(input, group);
        var problems = UpgradeProblems.Of(input, state);
        ImmutableArray<string> notes = [.. UpgradeProblems.Notes(input, state)];
        if (!problems.IsEmpty)
        {
            return new()
            {
                Group = id,
                BatchSize = batchSize,
                Until = input.Now,
                Batches = [],
                Windows = [],
                Problems = problems,
                Notes = notes,
                Sentence = $"{UpgradeWords.Name(group)} must not be upgraded now: {problems[0].Sentence}",
            };
        }

        var plan = Schedule(new(input, state, batchSize, target, [], input.Now)) with { Notes = notes };
        return plan.Found ? plan : plan with { Reliefs = [.. UpgradeReliefs.Of(input, state, plan, target)] };
    }

    /// <summary>The plan without problems, notes and reliefs.</summary>
    internal static UpgradePlan Schedule(UpgradeTask task)
    {
        var (input, state, size, target, joining, from) = task;
        var group = joining.IsEmpty ? state : new UpgradeGroup(input, state.Group, joining);
        var candidates = state.Ready.Where(m => target is null || m.Release != target).ToList();
        var smo = input.Fabric.SmoOf(state.Group.Id);
        var demand = new WindowDemand(input, group.Policy!, UpgradeProblems.Outlooks(input, group.Group.Id));
        var until = input.Now + input.Within < demand.End ? input.Now + input.Within : demand.End;
        var search = new WindowSearch(demand, from, until, input.BatchTime);
        var batches = ImmutableArray.CreateBuilder<UpgradeBatch>();
        var lowest = new Ceiling(double.PositiveInfinity, int.MaxValue, string.Empty);
        DateTimeOffset? next = from;
        foreach (var members in BatchOrder.Of(group, candidates, smo, size, input.SurviveSiteLoss))
        {
            var ceiling = SurviveCeiling.Of(group, members, input.SurviveSiteLoss);
            lowest = ceiling.Units < lowest.Units ? ceiling : lowest;
            var run = next is { } earliest ? search.Earliest(SafeUnder(group, ceiling, input.BatchTime), earliest) : null;
            next = run?.First + input.BatchTime;
            batches.Add(new()
            {
                Number = batches.Count + 1,
                Site = members[0].Site,
                Serials = [.. members.Select(m => m.Serial)],
                HasSmo = members.Any(m => m.Serial == smo?.Serial),
                UnitsOut = members.Sum(m => m.Model.Weight),
                Ceiling = ceiling.Units,
                Because = ceiling.Because,
                Start = run?.First,
                LatestStart = run?.Last,
                Demand = run is { } found ? demand.From(found.First) : double.NaN,
            });
        }

        return new()
        {
            Group = group.Group.Id,
            BatchSize = size,
            Until = until,
            Batches = batches.ToImmutable(),
            Windows = search.Windows(SafeUnder(group, lowest, input.BatchTime)),
            Problems = [],
            Notes = [],
            Sentence = Sentence(group, batches.ToImmutable(), search, input, until),
        };
    }

    // A schedule asks for SGMs that serve; while it holds, so many must be left.
    private static Func<DateTimeOffset, double, bool> SafeUnder(UpgradeGroup group, Ceiling ceiling, TimeSpan length) =>
        (start, demand) => demand <= ceiling.Units + PlannerRules.Tolerance
            && (ScheduleRules.Highest(group.Policy!.Schedules, start, start + length) is not { } schedule
                || ceiling.Serving >= schedule.Minimum);

    private static string Sentence(
        UpgradeGroup group,
        ImmutableArray<UpgradeBatch> batches,
        WindowSearch search,
        UpgradeInput input,
        DateTimeOffset until)
    {
        var name = UpgradeWords.Name(group.Group);
        if (batches.IsEmpty)
        {
            return $"Nothing is to be done: all SGMs of {name} run that release.";
        }

        if (batches.FirstOrDefault(b => b.Start is null) is not { } stuck)
        {
            var end = batches[^1].Start!.Value + input.BatchTime;
            return $"{name}: {Invariant($"{batches.Length}")} {(batches.Length == 1 ? "batch" : "batches")}, the first at "
                + $"{UpgradeWords.At(batches[0].Start!.Value)}, all done by {UpgradeWords.At(end)} at the earliest.";
        }

        var head = $"{name}: no safe time before {UpgradeWords.At(until)} for batch {Invariant($"{stuck.Number}")} of "
            + $"{Invariant($"{batches.Length}")} (SGM {string.Join(", ", stuck.Serials)}). ";
        if (search.Quietest() is not { } quietest)
        {
            return head + $"The forecast tells nothing of {UpgradeWords.Span(input.BatchTime)} in one piece.";
        }

        var ceiling = stuck.Ceiling < 0 ? "nothing" : UpgradeWords.Units(stuck.Ceiling);
        return head + $"While it is out, {ceiling} may be used ({stuck.Because}); the quietest "
            + $"{UpgradeWords.Span(input.BatchTime)}, from {UpgradeWords.At(quietest.Start)}, may need "
            + $"{UpgradeWords.Units(quietest.Demand)}"
            + (stuck.Ceiling >= quietest.Demand ? ", but it comes before the others are done or a schedule holds then." : ".");
    }
}
