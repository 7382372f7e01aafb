using System.Collections.Immutable;
using System.Globalization;

namespace Maestro.Telemetry.Replay;

/// <summary>Measures how contestants shared a site between several groups, beside who knew the future of all.</summary>
internal sealed class SharedJudge
{
    private readonly ReplayScenario _scenario;
    private readonly List<int[]> _demands;
    private readonly List<(double Price, int[][] Units)> _oracles = [];

    /// <param name="scenario">What was replayed.</param>
    /// <param name="demands">Units that each group needed at each sample; 0 where unknown.</param>
    public SharedJudge(ReplayScenario scenario, List<int[]> demands)
    {
        (_scenario, _demands) = (scenario, demands);
        if (demands.Count is < 2 or > SharedOracle.MostGroups)
        {
            return;
        }

        foreach (var price in ReplayJudge.OraclePrices)
        {
            if (SharedOracle.Solve([.. Groups()], Total, price, scenario.Step) is { } units)
            {
                _oracles.Add((price, units));
            }
        }
    }

    private int Total => Math.Max(
        _scenario.PoolUnits + _scenario.Groups.Sum(_scenario.InitialUnits), Groups().Sum(static g => g.Least));

    /// <summary>The contestants, then the oracles that there are.</summary>
    public ImmutableArray<SharedResult> Contestants(IReadOnlyList<ContestantTracks> all) =>
    [
        .. all.Select(one => Measure(
            one.Name,
            [.. one.Groups.Select(track => track.Serving[_scenario.FirstMeasured..])],
            one.Groups.Sum(track => track.Changes.Count(c => c.Step >= _scenario.FirstMeasured)))),
        .. _oracles.Select(oracle => Measure(
            string.Create(CultureInfo.InvariantCulture, $"shared-oracle-{oracle.Price:0}"), oracle.Units, Changes(oracle.Units))),
    ];

    public ImmutableArray<SharedOracleResult> Oracles() => [.. _oracles.Select(oracle => Price(oracle.Price, oracle.Units))];

    private static int Changes(int[][] units) => units.Sum(Oracle.Moves);

    private static double UnitHours(int[][] units, TimeSpan step) => units.Sum(static group => (double)group.Sum()) * step.TotalHours;

    private IEnumerable<SharedDemand> Groups() => _scenario.Groups.Select((group, i) => new SharedDemand(
        _demands[i].AsMemory(_scenario.FirstMeasured),
        group.Policy.Priority,
        Math.Max(1, group.Policy.Minimum),
        Math.Max(
            Math.Max(1, group.Policy.Minimum),
            Math.Min(group.Policy.Maximum, Math.Min(_scenario.Limits.MaxMembersPerSite, _scenario.Limits.MaxMembersPerGroup)))));

    private SharedOracleResult Price(double price, int[][] units)
    {
        var days = units[0].Length * _scenario.Step.TotalDays;
        int[][] alone =
        [
            .. Groups().Select(group => SharedOracle.Solve([group], int.MaxValue, price, _scenario.Step)![0]),
        ];
        return new(
            price,
            UnitHours(units, _scenario.Step),
            Changes(units) / days,
            [.. units.Select((group, i) => Missing(i, group).Sum() * _scenario.Step.TotalHours)],
            UnitHours(alone, _scenario.Step),
            Changes(alone) / days,
            UnitHours(units, _scenario.Step) + (price * Changes(units))
                - UnitHours(alone, _scenario.Step) - (price * Changes(alone)));
    }

    private IEnumerable<int> Missing(int group, int[] units) =>
        units.Select((n, t) => Math.Max(0, _demands[group][_scenario.FirstMeasured + t] - n));

    private SharedResult Measure(string name, int[][] units, int changes)
    {
        var (shortage, inverted) = (0.0, 0);
        for (var t = 0; t < units[0].Length; t++)
        {
            var hungry = int.MaxValue;
            var spare = int.MinValue;
            for (var g = 0; g < units.Length; g++)
            {
                var priority = _scenario.Groups[g].Policy.Priority;
                var demand = _demands[g][_scenario.FirstMeasured + t];
                var missing = demand == 0 ? 0 : demand - units[g][t];
                shortage += Math.Max(0, missing) / (double)Math.Max(1, priority);
                hungry = missing > 0 ? Math.Min(hungry, priority) : hungry;
                spare = missing < 0 ? Math.Max(spare, priority) : spare;
            }

            inverted += hungry < spare ? 1 : 0;
        }

        var hours = UnitHours(units, _scenario.Step);
        return new(name, shortage * _scenario.Step.TotalHours, 100.0 * inverted / units[0].Length)
        {
            UnitHours = hours,
            UnitHoursVsSharedOracle1 = _oracles is [{ Price: 1, Units: var best }, ..]
                ? hours / UnitHours(best, _scenario.Step)
                : double.NaN,
            MovesPerDay = changes / (units[0].Length * _scenario.Step.TotalDays),
        };
    }
}
