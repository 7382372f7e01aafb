using System.Collections.Immutable;
using Maestro.Telemetry.Fabric;
using static System.FormattableString;

namespace Maestro.Telemetry.Upgrades;

/// <summary>
/// Plans the upgrade of an Orchestrator. Where another Orchestrator of the site goes on, no SGM loses its traffic (S9),
/// but the site is frozen: nobody can be given an SGM there meanwhile, so the groups must do with what they have. Where
/// it is the only one (S11), the groups lose all their SGMs of the site. A pure function of its input.
/// </summary>
public static class OrchestratorUpgradePlanner
{
    /// <summary>The earliest time that is safe for every group of the site, and what each of them loses.</summary>
    /// <param name="input">What it depends on; <see cref="UpgradeInput.BatchTime"/> is the time of the whole upgrade.</param>
    /// <param name="id">The Orchestrator; it must be in the fabric.</param>
    /// <exception cref="ArgumentException">The fabric has no such Orchestrator, or a time is out of range.</exception>
    public static OrchestratorPlan Plan(UpgradeInput input, string id)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(input.BatchTime, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(input.Within, TimeSpan.Zero);
        var orchestrator = input.Fabric.Orchestrators.FirstOrDefault(o => o.Id == id)
            ?? throw new ArgumentException($"The fabric has no Orchestrator {id}.", nameof(id));
        var others = input.Fabric.Orchestrators.Where(o => o.Site == orchestrator.Site && o.Id != id).ToList();
        var goesOn = others.FirstOrDefault(o => o.Reachable && o.Upgrade is null or UpgradeState.None);
        var groups = Groups(input, orchestrator.Site, goesOn is not null);
        var problems = Problems(input, orchestrator, groups);
        var sites = problems.IsEmpty ? groups.Where(g => g.Demand is not null).ToImmutableArray() : [];
        return Schedule(input, orchestrator, goesOn, groups, sites) with
        {
            Problems = problems,
            Notes = [.. Notes(input, orchestrator, others, goesOn)],
        };
    }

    private static ImmutableArray<GroupOnSite> Groups(UpgradeInput input, SiteId site, bool isRedundant) =>
    [
        .. input.Fabric.Groups
            .Where(g => input.Fabric.MembersOf(g.Id).Any(m => m.Site == site))
            .Select(g => GroupOnSite.Read(input, new UpgradeGroup(input, g), site, isRedundant)),
    ];

    private static ImmutableArray<UpgradeProblem> Problems(
        UpgradeInput input, OrchestratorStatus orchestrator, ImmutableArray<GroupOnSite> groups) =>
    [
        .. input.Fabric.Orchestrators
            .Where(o => o.Site == orchestrator.Site && o.Upgrade is UpgradeState.InProgress or UpgradeState.Failed)
            .Select(o => new UpgradeProblem(
                "S9",
                $"Orchestrator {o.Id} of the site is "
                    + (o.Upgrade == UpgradeState.Failed ? "broken by an upgrade; " : "being upgraded; ")
                    + "finish that first, and tell so in Maestro:Fabric:Orchestrators.")),

        // Who loses nothing and is not scaled has no need that the freeze could leave unmet.
        .. groups
            .Where(g => g.UnitsLost > 0 || g.State.Policy is not null)
            .SelectMany(g => UpgradeProblems.OfForecasts(input, g.State)),
    ];

    private static OrchestratorPlan Schedule(
        UpgradeInput input,
        OrchestratorStatus orchestrator,
        OrchestratorStatus? goesOn,
        ImmutableArray<GroupOnSite> groups,
        ImmutableArray<GroupOnSite> judged)
    {
        var until = judged.Select(g => g.Demand!.End).Append(input.Now + input.Within).Min();
        var windows = judged.IsEmpty
            ? [new UpgradeWindow(input.Now, until)]
            : Common(judged.Select(g => g.Search(input, until).Windows(g.IsSafe)), input.BatchTime);
        var free = !judged.IsEmpty || groups.All(g => g.UnitsLost <= 0);
        UpgradeWindow? first = free && !windows.IsEmpty ? windows[0] : null;
        return new()
        {
            Orchestrator = orchestrator.Id,
            Site = orchestrator.Site,
            IsRedundant = goesOn is not null,
            Until = until,
            Start = first?.From,
            LatestStart = first?.To - input.BatchTime,
            Windows = windows,
            Groups = [.. groups.Select(g => g.Impact(input, until, first?.From))],
            Problems = [],
            Notes = [],
            Reliefs = first is null ? [.. Reliefs(input, orchestrator, goesOn, judged)] : [],
            Sentence = Sentence(orchestrator, goesOn, first, groups, judged, until, input),
        };
    }

    // Windows are runs of starts plus the length, so what they share is long enough or no window.
    private static ImmutableArray<UpgradeWindow> Common(
        IEnumerable<ImmutableArray<UpgradeWindow>> all, TimeSpan length) =>
        all.Aggregate((left, right) =>
        [
            .. left.SelectMany(_ => right, (a, b) => new UpgradeWindow(
                    a.From > b.From ? a.From : b.From, a.To < b.To ? a.To : b.To))
                .Where(w => w.To - w.From >= length)
                .OrderBy(w => w.From),
        ]);

    private static IEnumerable<UpgradeRelief> Reliefs(
        UpgradeInput input,
        OrchestratorStatus orchestrator,
        OrchestratorStatus? goesOn,
        ImmutableArray<GroupOnSite> judged)
    {
        if (goesOn is null)
        {
            yield return new(
                UpgradeReliefKind.SecondOrchestrator,
                1,
                null,
                null,
                $"With a second Orchestrator on site {orchestrator.Site} that works (S11), no SGM would lose its traffic.");
        }

        var reach = judged.Select(g => g.Demand!.End).DefaultIfEmpty(input.Now).Min() - input.Now;
        if (reach > input.Within && Plan(input with { Within = reach }, orchestrator.Id) is { Found: true } later)
        {
            var end = later.Start!.Value + input.BatchTime;
            var hours = (int)Math.Ceiling((end - input.Now).TotalHours);
            yield return new(
                UpgradeReliefKind.MoreTime,
                hours,
                later.Start,
                end,
                Invariant($"With more time (--within {hours}h) it could start at {UpgradeWords.At(later.Start.Value)}."));
        }

        var failures = input.Policies.Select(p => input.Failures ?? p.SurviveFailures).DefaultIfEmpty().Max();
        if (failures > 0)
        {
            var plan = Plan(input with { Failures = 0 }, orchestrator.Id);
            if (plan.Found)
            {
                yield return new(
                    UpgradeReliefKind.FewerFailures,
                    0,
                    plan.Start,
                    plan.Start + input.BatchTime,
                    $"With no spare SGM meanwhile (--failures 0) it could start at {UpgradeWords.At(plan.Start!.Value)}.");
            }
        }
    }

    private static string Sentence(
        OrchestratorStatus orchestrator,
        OrchestratorStatus? goesOn,
        UpgradeWindow? first,
        ImmutableArray<GroupOnSite> groups,
        ImmutableArray<GroupOnSite> judged,
        DateTimeOffset until,
        UpgradeInput input)
    {
        var losers = groups.Count(g => g.UnitsLost > 0);
        var loss = goesOn is { } other
            ? $"Orchestrator {other.Id} goes on, and no group loses traffic (S9)"
            : losers == 0
                ? $"no other Orchestrator of site {orchestrator.Site} goes on, and no group has SGMs in service there"
                : Invariant($"no other Orchestrator of site {orchestrator.Site} goes on, and ")
                    + (losers == 1 ? "1 group loses its SGMs there (S11)" : Invariant($"{losers} groups lose their SGMs there (S11)"));
        if (first is { } window)
        {
            return $"Orchestrator {orchestrator.Id}: {loss}. Its upgrade may begin at {UpgradeWords.At(window.From)}"
                + (window.To - input.BatchTime > window.From
                    ? $", or until {UpgradeWords.At(window.To - input.BatchTime)}." : ".");
        }

        var stuck = judged.FirstOrDefault(g => g.Search(input, until).Earliest(g.IsSafe, input.Now) is null);
        return $"Orchestrator {orchestrator.Id}: {loss}. There is no safe {UpgradeWords.Span(input.BatchTime)} before "
            + $"{UpgradeWords.At(until)}"
            + (stuck is null ? "." : $": {stuck.Loses}.");
    }

    private static IEnumerable<string> Notes(
        UpgradeInput input, OrchestratorStatus orchestrator, List<OrchestratorStatus> others, OrchestratorStatus? goesOn)
    {
        yield return $"State the upgrade in Maestro:Fabric:Orchestrators while it lasts: the planner then leaves site "
            + $"{orchestrator.Site} as it is, and goes on elsewhere.";
        foreach (var other in others.Where(o => !o.Reachable))
        {
            yield return $"Orchestrator {other.Id} of the site does not answer and counts as missing.";
        }

        if (goesOn is not null && others.Count > 0)
        {
            yield return $"One at a time: Orchestrator {goesOn.Id} must not be touched before {orchestrator.Id} is back in sync.";
        }

        foreach (var finding in Fabric.Checks.FabricChecks.Check(input.Fabric, input.Limits, input.Allowances)
            .Where(f => f.Rule is "S10" or "S12" && f.Object.Site == orchestrator.Site && f.Effect != 0))
        {
            yield return finding.ToString();
        }
    }
}
