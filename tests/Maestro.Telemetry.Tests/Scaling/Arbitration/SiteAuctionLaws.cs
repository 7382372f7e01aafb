namespace Maestro.Telemetry.Tests.Scaling.Arbitration;

/// <summary>The auction and the one who tries everything agree on every small problem.</summary>
public sealed class SiteAuctionLaws
{
    private const int Cases = 4_000;

    [Fact]
    public void Auction_CostsWhatTheCheapestOfAllAllocationsCosts()
    {
        for (var seed = 0; seed < Cases; seed++)
        {
            var auction = Auction.Random(seed);
            var share = AuctionTwin.Read(auction, auction.Solve());

            Assert.True(AuctionTwin.IsAllowed(auction, share), $"Seed {seed}: the auction gives what may not be given.");
            var (least, _) = AuctionTwin.Solve(auction);
            var cost = AuctionTwin.Cost(auction, share);
            Assert.True(
                AuctionTwin.Compare(cost, least) == 0,
                $"Seed {seed}: the auction costs {string.Join(' ', cost)}, the cheapest {string.Join(' ', least)}.");
        }
    }

    [Fact]
    public void Auction_OfAllocationsThatCostTheSame_GivesTheFirstGroupMostAndWhatItLikesBest()
    {
        var ties = 0;
        for (var seed = 0; seed < Cases; seed++)
        {
            var auction = Auction.Random(seed);
            var share = AuctionTwin.Read(auction, auction.Solve());
            var (_, best) = AuctionTwin.Solve(auction);
            ties += best.Count > 1 ? 1 : 0;

            Assert.True(share.Donation == best.Min(s => s.Donation), $"Seed {seed}: another donation comes first.");
            best.RemoveAll(s => s.Donation != share.Donation);
            for (var b = 0; b < auction.Bidders.Length; b++)
            {
                var first = best.Min(s => Place(auction, s, b));
                Assert.True(Place(auction, share, b) == first, $"Seed {seed}: bidder {b} gets {Place(auction, share, b)}, not {first}.");
                best.RemoveAll(s => !s.Counts[b].SequenceEqual(share.Counts[b]) || (s.Receiver == b) != (share.Receiver == b));
            }
        }

        Assert.True(ties > Cases / 20, $"Only {ties} problems had ties.");
    }

    private static (int Fewer, int Rank) Place(Auction auction, AuctionTwin.Share share, int bidder) => (
        -share.Counts[bidder].Sum() - (share.Receiver == bidder ? 1 : 0),
        share.Counts[bidder].Select((count, k) => count * auction.Kinds[k].Rank[bidder]).Sum());
}
