using Maestro.Telemetry.Scaling.Arbitration;

namespace Maestro.Telemetry.Tests.Scaling.Arbitration;

/// <summary>
/// Solves the problem of the auction by trying everything: each SGM to each bidder or to none, and at most one donation.
/// Knows nothing of how the auction does it.
/// </summary>
internal static class AuctionTwin
{
    /// <summary>Who gets how many of each kind, and the donation.</summary>
    internal sealed record Share(int[][] Counts, int Donation, int Receiver);

    /// <summary>All allocations that cost least, and what they cost.</summary>
    public static (decimal[] Cost, List<Share> Best) Solve(Auction auction)
    {
        var units = auction.Kinds.SelectMany((kind, k) => Enumerable.Repeat(k, kind.Count)).ToArray();
        var owners = new int[units.Length];
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var best = new List<Share>();
        decimal[]? least = null;
        foreach (var (donation, receiver) in Donations(auction))
        {
            Assign(0);

            void Assign(int unit)
            {
                if (unit == units.Length)
                {
                    Weigh(new(Counted(auction, units, owners), donation, receiver));
                    return;
                }

                for (owners[unit] = -1; owners[unit] < auction.Bidders.Length; owners[unit]++)
                {
                    Assign(unit + 1);
                }
            }
        }

        return (least!, best);

        void Weigh(Share share)
        {
            if (!seen.Add(Key(share)) || !IsAllowed(auction, share))
            {
                return;
            }

            var cost = Cost(auction, share);
            var order = least is null ? -1 : Compare(cost, least);
            if (order < 0)
            {
                (least, best) = (cost, []);
            }

            if (order <= 0)
            {
                best.Add(share);
            }
        }
    }

    /// <summary>An answer of the auction, as this class counts.</summary>
    public static Share Read(Auction auction, IReadOnlyList<Award> awards)
    {
        var counts = awards.Select(a => auction.Kinds.Select((_, k) => a.Kinds.Count(kind => kind == k)).ToArray());
        var receiver = awards.ToList().FindIndex(a => a.Donation is not null);
        return new([.. counts], receiver < 0 ? -1 : awards[receiver].Donation!.Value, receiver);
    }

    /// <summary>Missing members, the shortage of priorities 1, 2 and 3, disruption (an add 1, a move 3), and units.</summary>
    public static decimal[] Cost(Auction auction, Share share)
    {
        var cost = new decimal[6];
        for (var b = 0; b < auction.Bidders.Length; b++)
        {
            var (bidder, count, weight) = (auction.Bidders[b], CountOf(share, b), WeightOf(auction, share, b));
            cost[0] += Math.Max(0, bidder.MissingMembers - count);
            cost[bidder.Priority] += Math.Round((decimal)bidder.Shortage(weight), 6);
            cost[4] += count + (share.Receiver == b ? 2 : 0);
            cost[5] += Math.Round((decimal)weight, 6);
        }

        if (share.Receiver >= 0)
        {
            var given = auction.Donations[share.Donation];
            cost[given.Priority] += Math.Round((decimal)given.Shortage, 6);
        }

        return cost;
    }

    public static int Compare(decimal[] one, decimal[] other) =>
        one.Zip(other, (a, b) => a.CompareTo(b)).FirstOrDefault(c => c != 0);

    /// <summary>True when nothing is given that may not be: too many, unfit, mixed, used twice, or not wanted.</summary>
    public static bool IsAllowed(Auction auction, Share share)
    {
        for (var k = 0; k < auction.Kinds.Length; k++)
        {
            if (share.Counts.Sum(c => c[k]) > auction.Kinds[k].Count)
            {
                return false;
            }
        }

        return Enumerable.Range(0, auction.Bidders.Length).All(b => IsAllowed(auction, share, b));
    }

    private static bool IsAllowed(Auction auction, Share share, int b)
    {
        var bidder = auction.Bidders[b];
        var kinds = Enumerable.Range(0, auction.Kinds.Length).Where(k => share.Counts[b][k] > 0).ToList();
        var given = share.Receiver == b;
        var free = CountOf(share, b) - (given ? 1 : 0);
        var weight = kinds.Sum(k => share.Counts[b][k] * auction.Kinds[k].Weight);
        return CountOf(share, b) <= bidder.Most
            && kinds.TrueForAll(k => auction.Kinds[k].Fits[b])
            && kinds.TrueForAll(k => kinds.TrueForAll(other => auction.MayMix(k, other)))

            // Without any one of them it would want one.
            && kinds.TrueForAll(k => bidder.Wants(free - 1, weight - auction.Kinds[k].Weight))

            // An SGM of another group comes on top of the free ones.
            && (!given || (auction.Donations[share.Donation].Fits[b]
                && bidder.Wants(free, weight)
                && kinds.TrueForAll(k => auction.MayMix(k, auction.Kinds.Length))));
    }

    private static int CountOf(Share share, int bidder) => share.Counts[bidder].Sum() + (share.Receiver == bidder ? 1 : 0);

    private static double WeightOf(Auction auction, Share share, int bidder) =>
        share.Counts[bidder].Select((count, k) => count * auction.Kinds[k].Weight).Sum()
        + (share.Receiver == bidder ? auction.Donations[share.Donation].Weight : 0);

    private static IEnumerable<(int Donation, int Receiver)> Donations(Auction auction) =>
        from donation in Enumerable.Range(-1, auction.Donations.Length + 1)
        from receiver in donation < 0 ? [-1] : Enumerable.Range(0, auction.Bidders.Length)
        select (donation, receiver);

    private static int[][] Counted(Auction auction, int[] units, int[] owners)
    {
        var counts = auction.Bidders.Select(_ => new int[auction.Kinds.Length]).ToArray();
        for (var unit = 0; unit < units.Length; unit++)
        {
            if (owners[unit] >= 0)
            {
                counts[owners[unit]][units[unit]]++;
            }
        }

        return counts;
    }

    private static string Key(Share share) =>
        $"{share.Donation}/{share.Receiver}/{string.Join('|', share.Counts.Select(c => string.Join(',', c)))}";
}
