using System.Collections.Immutable;
using Maestro.Telemetry.Scaling.Arbitration;

namespace Maestro.Telemetry.Tests.Scaling.Arbitration;

/// <summary>A small problem of sharing.</summary>
internal sealed record Auction(
    ImmutableArray<Bidder> Bidders,
    ImmutableArray<SgmKind> Kinds,
    ImmutableArray<Donation> Donations,
    Func<int, int, bool> MayMix)
{
    public ImmutableArray<Award> Solve() => SiteAuction.Solve(Bidders, Kinds, MayMix, Donations);

    /// <summary>A bidder that is short by some units; each missing unit costs more than the next.</summary>
    public static Bidder Short(double units, int priority = 2, int most = 9, int missing = 0, double price = 1) => new()
    {
        Priority = priority,
        Most = most,
        MissingMembers = missing,
        Shortage = extra => price * Math.Max(0, units - extra) * Math.Max(0, units - extra),
        Wants = (count, extra) => count < missing || extra < units,
    };

    public static SgmKind Sgms(int count, double weight, int bidders, params int[] notFor) => new(
        weight,
        count,
        [.. Enumerable.Range(0, bidders).Select(b => !notFor.Contains(b))],
        [.. Enumerable.Repeat(1, bidders)]);

    /// <summary>1 to 4 bidders, at most 5 free SGMs of 1 to 3 kinds, and up to 2 that others can give.</summary>
    public static Auction Random(int seed)
    {
        var random = new Random(seed);
        double[] weights = [1, 1, 2, 0.6];
        var bidders = random.Next(1, 5);
        var kinds = ImmutableArray.CreateBuilder<SgmKind>();
        for (var (left, i) = (random.Next(0, 6), random.Next(1, 4)); i > 0 && left > 0; i--)
        {
            var count = i == 1 ? left : random.Next(1, left + 1);
            left -= count;
            kinds.Add(new(weights[random.Next(4)], count, Fits(), [.. Enumerable.Range(0, bidders).Select(_ => random.Next(3))]));
        }

        var mixes = Enumerable.Range(0, 16).Select(_ => random.Next(3) > 0).ToArray();
        return new(
            [.. Enumerable.Range(0, bidders).Select(_ => AnyBidder(random))],
            kinds.ToImmutable(),
            [
                .. Enumerable.Range(0, random.Next(3)).Select(_ =>
                    new Donation(random.Next(1, 4), weights[random.Next(4)], random.Next(3) * random.Next(3), Fits())),
            ],
            (a, b) => a == b || mixes[(Math.Min(a, b) * 4) + Math.Max(a, b)]);

        ImmutableArray<bool> Fits() => [.. Enumerable.Range(0, bidders).Select(_ => random.Next(4) > 0)];
    }

    // Few different numbers, so that there are ties; slopes that fall, so that each SGM helps less than the one before.
    private static Bidder AnyBidder(Random random)
    {
        double[] bends = [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => random.Next(1, 11) / 2.0)];
        var (price, need) = (random.Next(1, 3), random.Next(0, 9) / 2.0);
        var missing = random.Next(4) == 0 ? random.Next(1, 4) : 0;
        return new()
        {
            Priority = random.Next(1, 4),
            Most = random.Next(0, 4),
            MissingMembers = missing,
            Shortage = extra => price * bends.Sum(b => Math.Max(0, b - extra)),
            Wants = (count, extra) => count < missing || extra < need - 1e-9,
        };
    }
}
