using Maestro.Telemetry.Scaling.Arbitration;

namespace Maestro.Telemetry.Tests.Scaling.Arbitration;

public sealed class SiteAuctionTests
{
    [Fact]
    public void LastSgm_GoesToTheFirstClass_HoweverLittleItLacks() =>
        Assert.Equal([0, 1], Counts([Auction.Short(4, priority: 2), Auction.Short(0.5, priority: 1)], Free(1, bidders: 2)));

    [Fact]
    public void LastSgm_WithinAClass_GoesWhereItTakesAwayMost() =>
        Assert.Equal([0, 1], Counts([Auction.Short(1), Auction.Short(3)], Free(1, bidders: 2)));

    [Fact]
    public void HardMinimum_ComesBeforeTheFirstClass() =>
        Assert.Equal(
            [0, 1],
            Counts([Auction.Short(4, priority: 1), Auction.Short(0, priority: 3, missing: 1)], Free(1, bidders: 2)));

    [Fact]
    public void Sgms_AreSharedWhereTheNextOneHelpsMost() =>
        Assert.Equal([2, 1], Counts([Auction.Short(3), Auction.Short(2)], Free(3, bidders: 2)));

    [Fact]
    public void GroupAtItsCap_LeavesToOthersWhatItMayNotHave() =>
        Assert.Equal([1, 2], Counts([Auction.Short(5, priority: 1, most: 1), Auction.Short(2)], Free(3, bidders: 2)));

    [Fact]
    public void SgmThatFitsOneGroupOnly_IsLeftToIt()
    {
        Bidder[] bidders = [Auction.Short(1), Auction.Short(1)];

        var awards = SiteAuction.Solve(bidders, [Auction.Sgms(1, 1, 2), Auction.Sgms(1, 1, 2, notFor: 1)], (_, _) => true, []);

        Assert.Equal<int>([1], awards[0].Kinds);
        Assert.Equal<int>([0], awards[1].Kinds);
    }

    [Fact]
    public void EqualGroups_AreServedInOrder() =>
        Assert.Equal([1, 0], Counts([Auction.Short(1), Auction.Short(1)], Free(1, bidders: 2)));

    [Fact]
    public void GroupThatWantsNoMore_GetsNoMore() =>
        Assert.Equal([2], Counts([Auction.Short(1.5)], Free(5, bidders: 1)));

    [Fact]
    public void LightSgmBesideAHeavyOneThatDoes_IsNotGiven_HoweverTheyAreOrdered()
    {
        foreach (var (first, second) in new[] { (1.0, 2.0), (2.0, 1.0) })
        {
            var awards = SiteAuction.Solve(
                [Auction.Short(4) with { Wants = (_, extra) => extra < 1.5 }],
                [Auction.Sgms(1, first, 1), Auction.Sgms(1, second, 1)],
                (_, _) => true,
                []);

            Assert.Equal<int>([first == 2 ? 0 : 1], awards[0].Kinds);
        }
    }

    [Fact]
    public void FreeSgm_IsTakenBeforeOneOfAnotherGroup()
    {
        var awards = SiteAuction.Solve(
            [Auction.Short(1)], [Auction.Sgms(1, 1, 1)], (_, _) => true, [new Donation(3, 1, 0, [true])]);

        Assert.Equal<int>([0], awards[0].Kinds);
        Assert.Null(awards[0].Donation);
    }

    [Fact]
    public void Move_IsMadeWhenTheShortageIsWorthMoreThanItsDisruption()
    {
        var awards = SiteAuction.Solve([Auction.Short(1)], [], (_, _) => true, [new Donation(2, 1, 0.5, [true])]);

        Assert.Equal(0, awards[0].Donation);
    }

    [Fact]
    public void Donation_ThatCostsItsClassMoreThanItHelps_IsLeftAlone()
    {
        var awards = SiteAuction.Solve([Auction.Short(1)], [], (_, _) => true, [new Donation(2, 1, 1.5, [true])]);

        Assert.Null(awards[0].Donation);
    }

    [Fact]
    public void Donation_OfALowerClass_CostsNothingThatCountsForAHigherOne()
    {
        var awards = SiteAuction.Solve(
            [Auction.Short(0.5, priority: 1)], [], (_, _) => true, [new Donation(2, 1, 50, [true]), new Donation(3, 1, 90, [true])]);

        Assert.Equal(1, awards[0].Donation);
    }

    [Fact]
    public void Move_CostsMoreThanAnAddAndARemoval() =>
        Assert.True(Loss.MoveDisruption > Loss.AddDisruption * 2);

    [Fact]
    public void Models_ThatMayNotBeMixed_AreNotGivenTogether()
    {
        var awards = SiteAuction.Solve(
            [Auction.Short(2)], [Auction.Sgms(1, 1, 1), Auction.Sgms(1, 0.6, 1)], (a, b) => a == b, []);

        Assert.Equal<int>([0], awards[0].Kinds);
    }

    private static SgmKind[] Free(int count, int bidders) => [Auction.Sgms(count, 1, bidders)];

    private static IEnumerable<int> Counts(Bidder[] bidders, SgmKind[] kinds) =>
        SiteAuction.Solve(bidders, kinds, (a, b) => a == b, []).Select(a => a.Kinds.Length);
}
