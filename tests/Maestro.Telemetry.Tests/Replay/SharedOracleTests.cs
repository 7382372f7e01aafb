using FsCheck;
using FsCheck.Fluent;
using Maestro.Telemetry.Replay;

namespace Maestro.Telemetry.Tests.Replay;

public sealed class SharedOracleTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public void Solve_OfTwoGroups_IsAsGoodAsTheBestOfAllSupplies()
    {
        var scenes = Gen.Choose(0, 3).ArrayOf(4).Two()
            .Zip(Gen.Choose(2, 6)).Zip(Gen.Elements(0.0, 0.5, 1, 4)).Zip(Gen.Choose(1, 2));

        Prop.ForAll(scenes.ToArbitrary(), scene =>
        {
            var ((((first, second), total), price), secondPriority) = scene;
            SharedDemand[] groups = [new(first, 1, 1, 3), new(second, secondPriority, 1, 3)];

            var units = SharedOracle.Solve(groups, total, price, Hour)!;

            Assert.All(Enumerable.Range(0, 4), t => Assert.True(units[0][t] + units[1][t] <= total));
            Assert.Equal(Cheapest(groups, total, price), Cost(groups, units, price));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Solve_OfThreeGroups_IsAsGoodAsTheBestOfAllSupplies()
    {
        var scenes = Gen.Choose(1, 2).ArrayOf(3).Three().Zip(Gen.Choose(3, 6)).Zip(Gen.Elements(0.0, 1, 4));

        Prop.ForAll(scenes.ToArbitrary(), scene =>
        {
            var (((first, second, third), total), price) = scene;
            SharedDemand[] groups = [new(first, 2, 1, 2), new(second, 1, 1, 2), new(third, 3, 1, 2)];

            var units = SharedOracle.Solve(groups, total, price, Hour)!;

            Assert.Equal(Cheapest(groups, total, price), Cost(groups, units, price));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Solve_WithoutEnough_ServesTheFirstFirst()
    {
        SharedDemand[] groups = [new(new[] { 2, 3, 2 }, 2, 1, 9), new(new[] { 1, 3, 1 }, 1, 1, 9)];

        var units = SharedOracle.Solve(groups, 4, 0.5, Hour)!;

        Assert.Equal([1, 3, 1], units[1]);
        Assert.Equal([2, 1, 2], units[0]);
    }

    [Fact]
    public void Solve_OfOneGroup_IsTheOracle()
    {
        int[] demand = [1, 4, 2, 2, 0, 5, 1, 1, 1];

        var shared = SharedOracle.Solve([new(demand, 1, 1, 9)], 20, 2, Hour)![0];

        Assert.Equal(Cost(Oracle.Solve(demand, 2, Hour)), Cost(shared), 9);

        static double Cost(int[] units) =>
            units.Sum() + (2 * units.Zip(units.Skip(1), static (a, b) => Math.Abs(a - b)).Sum());
    }

    [Fact]
    public void Solve_WhereTheGroupsMustHaveMoreThanThereIs_IsRefused() =>
        Assert.Throws<ArgumentException>(() => SharedOracle.Solve([new(new[] { 1 }, 1, 3, 9)], 2, 1, Hour));

    [Fact]
    public void Solve_OfMoreGroupsThanCanBe_IsNotTried()
    {
        var group = new SharedDemand(new[] { 1 }, 1, 1, 2);

        Assert.Null(SharedOracle.Solve([group, group, group, group], 9, 1, Hour));
    }

    /// <summary>Shortage of each priority, the first first; then unit-hours and the price of changes.</summary>
    private static (int First, int Second, int Third, double Hours) Cost(SharedDemand[] groups, int[][] units, double price)
    {
        var missing = new int[4];
        var hours = 0.0;
        foreach (var (group, supply) in groups.Zip(units))
        {
            missing[group.Priority] += supply.Select((n, t) => Math.Max(0, group.Units.Span[t] - n)).Sum();
            hours += supply.Sum() + (price * supply.Zip(supply.Skip(1), static (a, b) => Math.Abs(a - b)).Sum());
        }

        return (missing[1], missing[2], missing[3], Math.Round(hours, 9));
    }

    /// <summary>All supplies that fit, tried one by one.</summary>
    private static (int, int, int, double) Cheapest(SharedDemand[] groups, int total, double price)
    {
        var samples = groups[0].Units.Length;
        var units = groups.Select(_ => new int[samples]).ToArray();
        var best = (int.MaxValue, 0, 0, 0.0);
        Try(0);
        return best;

        void Try(int cell)
        {
            if (cell == samples * groups.Length)
            {
                var cost = Cost(groups, units, price);
                best = cost.CompareTo(best) < 0 ? cost : best;
                return;
            }

            var (t, g) = (cell / groups.Length, cell % groups.Length);
            for (var n = groups[g].Least; n <= groups[g].Most; n++)
            {
                units[g][t] = n;
                if (g < groups.Length - 1 || units.Sum(group => group[t]) <= total)
                {
                    Try(cell + 1);
                }
            }
        }
    }
}
