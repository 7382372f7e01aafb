namespace Maestro.Telemetry.Simulator.Scenarios;

/// <summary>What a scenario must fulfil, each broken rule as a sentence.</summary>
internal static class ScenarioRules
{
    public static IEnumerable<string> Check(Scenario scenario) =>
        [.. Shape(scenario), .. Lists(scenario), .. Demands(scenario), .. Members(scenario), .. Caps(scenario)];

    private static IEnumerable<string> Shape(Scenario scenario)
    {
        if (scenario.HashImbalance is not (>= 0 and <= 0.5))
        {
            yield return $"hashImbalance is {scenario.HashImbalance}; it must be from 0 to 0.5.";
        }

        if (scenario.Joining.Median <= TimeSpan.Zero || scenario.Joining.Drain < TimeSpan.Zero)
        {
            yield return "joining.median must be above 0 and joining.drain must not be negative.";
        }

        if (scenario.Joining.Spread is not (>= 0 and <= 2) || scenario.Joining.ReadyShare is not (>= 0 and <= 0.9))
        {
            yield return "joining.spread must be from 0 to 2 and joining.readyShare from 0 to 0.9.";
        }

        foreach (var model in scenario.Models)
        {
            var hasCores = model.Cores is >= 2 and <= 512 && model.SndCores >= 1 && model.SndCores < model.Cores;
            if (!hasCores || !(model.Weight > 0))
            {
                yield return $"models: {model.Name} needs 2 to 512 cores, fewer SND cores than cores, "
                    + "and a weight above 0.";
            }
        }
    }

    private static IEnumerable<string> Lists(Scenario scenario)
    {
        var lists = new (string Name, IEnumerable<object> Keys)[]
        {
            ("sites", scenario.Sites.Select(s => (object)s.Id)),
            ("orchestrators", scenario.Sites.SelectMany(s => s.Orchestrators)),
            ("models", scenario.Models.Select(m => m.Name)),
            ("groups", scenario.Groups.Select(g => (object)g.Id)),
            ("gateways", scenario.Gateways.Select(g => g.Serial)),
        };
        foreach (var (name, keys) in lists)
        {
            var seen = new HashSet<object>();
            if (!keys.Any())
            {
                yield return $"{name} is empty; at least one is needed.";
            }

            foreach (var key in keys.Where(k => !seen.Add(k)))
            {
                yield return $"{name}: {key} occurs twice; each may occur once.";
            }
        }
    }

    private static IEnumerable<string> Demands(Scenario scenario)
    {
        foreach (var group in scenario.Groups)
        {
            var demand = group.Demand;
            if (!(demand.PeakWork > 0) || !(demand.PeakWidthHours > 0) || demand.Weekdays.Count != 7)
            {
                yield return $"groups: the demand of group {group.Id} needs a peakWork and a peakWidthHours above 0 "
                    + "and seven weekdays.";
            }
        }

        foreach (var crowd in scenario.FlashCrowds)
        {
            if (crowd.Duration <= TimeSpan.Zero || !(crowd.Factor > 0) || scenario.Groups.All(g => g.Id != crowd.Group))
            {
                yield return $"flashCrowds: the one of group {crowd.Group} at {crowd.From:O} needs a known group, "
                    + "a duration and a factor above 0.";
            }
        }
    }

    private static IEnumerable<string> Members(Scenario scenario)
    {
        foreach (var gateway in scenario.Gateways)
        {
            if (scenario.Models.All(m => m.Name != gateway.Model))
            {
                yield return $"gateways: {gateway.Serial} is of model {gateway.Model}, which models does not have.";
            }

            if (scenario.Sites.All(s => s.Id != gateway.Site))
            {
                yield return $"gateways: {gateway.Serial} is at site {gateway.Site}, which sites does not have.";
            }

            if (gateway.Group != 0 && scenario.Groups.All(g => g.Id != gateway.Group))
            {
                yield return $"gateways: {gateway.Serial} is in group {gateway.Group}, which groups does not have; "
                    + "0 means free.";
            }
        }
    }

    private static IEnumerable<string> Caps(Scenario scenario)
    {
        var rules = scenario.Rules;
        foreach (var members in scenario.Gateways.Where(g => g.Group != 0).GroupBy(g => g.Group))
        {
            var fullest = members.GroupBy(g => g.Site).Max(s => s.Count());
            if (members.Count() > rules.MaxMembersPerGroup || fullest > rules.MaxMembersPerSite)
            {
                yield return $"gateways: group {members.Key} starts with {members.Count()} members, {fullest} on one "
                    + $"site; at most {rules.MaxMembersPerGroup} and {rules.MaxMembersPerSite} are allowed.";
            }
        }
    }
}
