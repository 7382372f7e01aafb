using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Scaling;
using static System.FormattableString;

namespace Maestro.Telemetry.Upgrades;

/// <summary>A group of the site of an Orchestrator that is to be upgraded.</summary>
internal sealed class GroupOnSite
{
    private readonly double _ceiling;
    private readonly int _onSite;

    private GroupOnSite(UpgradeGroup state, WindowDemand? demand, double unitsLost, double ceiling, int onSite, string loses)
    {
        (State, Demand, UnitsLost, _ceiling, _onSite, Loses) = (state, demand, unitsLost, ceiling, onSite, loses);
    }

    public UpgradeGroup State { get; }

    /// <summary>Null when it cannot be foreseen.</summary>
    public WindowDemand? Demand { get; }

    public double UnitsLost { get; }

    /// <summary>What it loses, and what it may use meanwhile, without a full stop.</summary>
    public string Loses { get; }

    public static GroupOnSite Read(UpgradeInput input, UpgradeGroup state, SiteId site, bool isRedundant)
    {
        var there = state.Ready.Where(m => m.Site == site).ToList();
        var serving = state.Ready.Where(m => state.Serves(m.Site)).ToList();
        var lost = isRedundant ? [] : serving.Where(m => m.Site == site).ToList();
        var left = Left(state, serving, lost);
        var ceiling = left.Count > state.Failures
            ? left.Select(m => m.Model.Weight).Order().SkipLast(state.Failures).Sum() * (state.Policy?.SurviveUtilization ?? 0)
            : -1;
        var problems = UpgradeProblems.OfForecasts(input, state).Any();
        var demand = problems ? null : new WindowDemand(input, state.Policy!, UpgradeProblems.Outlooks(input, state.Group.Id));
        var units = lost.Sum(m => m.Model.Weight);
        return new(state, demand, units, ceiling, there.Count, Say(state, site, isRedundant, lost, left, ceiling));
    }

    public bool IsSafe(DateTimeOffset start, double demand) => demand <= _ceiling + PlannerRules.Tolerance;

    public WindowSearch Search(UpgradeInput input, DateTimeOffset until) =>
        new(Demand!, input.Now, until, input.BatchTime);

    public GroupImpact Impact(UpgradeInput input, DateTimeOffset until, DateTimeOffset? start) => new()
    {
        Group = State.Group.Id,
        Name = State.Group.Name,
        MembersOnSite = _onSite,
        UnitsLost = UnitsLost,
        Ceiling = _ceiling,
        Demand = start is { } at && Demand is not null ? Demand.From(at) : double.NaN,
        Earliest = Demand is null ? null : Search(input, until).Earliest(IsSafe, input.Now)?.First,
        Sentence = Loses + ".",
    };

    // When the site that serves is lost, the largest of those that stand by takes over.
    private static List<Gateway> Left(UpgradeGroup state, List<Gateway> serving, List<Gateway> lost) =>
        lost.Count > 0 && state.ServingSite is not null
            ? state.Ready
                .Where(m => !state.Serves(m.Site))
                .GroupBy(m => m.Site)
                .OrderByDescending(s => s.Sum(m => m.Model.Weight))
                .ThenBy(s => s.Key)
                .Select(s => s.ToList())
                .FirstOrDefault([])
            : [.. serving.Except(lost)];

    private static string Say(
        UpgradeGroup state, SiteId site, bool isRedundant, List<Gateway> lost, List<Gateway> left, double ceiling)
    {
        var name = UpgradeWords.Name(state.Group);
        var spare = state.Failures == 0 ? string.Empty : $" after the loss of {state.Failures} more";
        var may = ceiling < 0 ? $"nothing is left{spare}" : Invariant($"{ceiling:0.##} units may be used{spare}");
        if (isRedundant)
        {
            return $"{name} loses nothing (S9), and gets no SGM on site {site} meanwhile: {may}";
        }

        if (lost.Count == 0)
        {
            return $"{name} loses nothing in service: site {site} stands by, and cannot take over meanwhile "
                + $"({state.SiteRule}); {may}";
        }

        var units = UpgradeWords.Units(lost.Sum(m => m.Model.Weight));
        var rest = left.Count == 0
            ? $"all its {UpgradeWords.Sgms(lost.Count)}, {units}: it is down meanwhile"
            : state.ServingSite is not null
                ? $"its serving site, {units}, and site {left[0].Site} takes over ({state.SiteRule})"
                : $"{UpgradeWords.Sgms(lost.Count)}, {units}";
        return $"{name} loses {rest}; {may}";
    }
}
