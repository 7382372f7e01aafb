using FsCheck;
using FsCheck.Fluent;
using Maestro.Telemetry.Replay;

namespace Maestro.Telemetry.Tests.Replay;

public sealed class OracleTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public void Solve_IsNeverShort_AndCheaperThanEveryOtherSupply()
    {
        var demands = Gen.Choose(1, 3).ArrayOf(5).Zip(Gen.Elements(0.0, 0.5, 1, 2, 8));

        Prop.ForAll(demands.ToArbitrary(), pair =>
        {
            var (demand, price) = pair;
            var units = Oracle.Solve(demand, price, Hour);
            Assert.All(units.Zip(demand), static both => Assert.True(both.First >= both.Second));
            Assert.Equal(Cheapest(demand, price), Cost(units, price), 9);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Solve_WithoutAPrice_FollowsTheDemand() =>
        Assert.Equal([1, 4, 2, 1], Oracle.Solve([1, 4, 2, 1], 0, Hour));

    [Fact]
    public void Solve_WithAHighPrice_StaysAtTheHighest() =>
        Assert.Equal([4, 4, 4, 4], Oracle.Solve([1, 4, 2, 1], 50, Hour));

    [Fact]
    public void Solve_UnknownDemand_NeedsNothingMore() =>
        Assert.Equal([2, 2, 2], Oracle.Solve([2, 0, 2], 10, Hour));

    private static double Cost(IReadOnlyList<int> units, double price) =>
        units.Sum() + (price * units.Zip(units.Skip(1), static (a, b) => Math.Abs(a - b)).Sum());

    /// <summary>All supplies of up to three units, tried one by one.</summary>
    private static double Cheapest(int[] demand, double price)
    {
        var best = double.PositiveInfinity;
        for (var code = 0; code < (int)Math.Pow(3, demand.Length); code++)
        {
            var units = new int[demand.Length];
            for (var (i, rest) = (0, code); i < units.Length; i++, rest /= 3)
            {
                units[i] = 1 + (rest % 3);
            }

            if (units.Zip(demand).All(static both => both.First >= both.Second))
            {
                best = Math.Min(best, Cost(units, price));
            }
        }

        return best;
    }
}
