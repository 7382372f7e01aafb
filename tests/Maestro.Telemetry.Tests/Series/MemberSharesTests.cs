using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Tests.Series;

public sealed class MemberSharesTests
{
    private static readonly GatewaySerial A = new("A");
    private static readonly GatewaySerial B = new("B");
    private static readonly GatewaySerial C = new("C");

    [Fact]
    public void Split_GoesByTheUsualShares()
    {
        var shares = Of((A, 2), (B, 1), (C, 1));

        Assert.Equal([6, 3, 3], Split(shares, 12, A, B, C), Close);
    }

    [Fact]
    public void Split_WithoutAMember_SharesItOutAsTheOthersShare()
    {
        var shares = Of((A, 2), (B, 1), (C, 1));

        Assert.Equal([8, 4], Split(shares, 12, A, B), Close);
    }

    [Fact]
    public void Observe_OfAMemberThatLeftAndCameBack_KeepsItsShare()
    {
        var shares = Of((A, 2), (B, 1), (C, 1));
        for (var i = 0; i < 500; i++)
        {
            shares.Observe([new(A, 200), new(C, 100)]);
        }

        Assert.Equal([6, 3, 3], Split(shares, 12, A, B, C), Close);
    }

    [Fact]
    public void Observe_OfAChangeThatStays_IsFollowedSlowly()
    {
        var shares = Of((A, 1), (B, 1));

        shares.Observe([new(A, 3), new(B, 1)]);
        Assert.InRange(Split(shares, 1, A, B)[0], 0.5, 0.51);
        for (var i = 0; i < 500; i++)
        {
            shares.Observe([new(A, 3), new(B, 1)]);
        }

        Assert.Equal(0.75, Split(shares, 1, A, B)[0], 0.001);
    }

    [Fact]
    public void Observe_OfANewMember_TakesWhatItCarries()
    {
        var shares = Of((A, 1), (B, 1));

        shares.Observe([new(A, 30), new(B, 30), new(C, 15)]);

        Assert.Equal([4, 4, 2], Split(shares, 10, A, B, C), Close);
    }

    [Fact]
    public void Split_OfWhatNobodyWasSeenToCarry_IsEven()
    {
        Assert.Equal([5, 5], Split(new(), 10, A, B), Close);
        Assert.Equal([5, 5], Split(Of((A, 3)), 10, A, B), Close);
        Assert.Empty(Split(new(), 10));
    }

    [Fact]
    public void Observe_OfUnknownLoads_ChangesNothing()
    {
        var shares = Of((A, 2), (B, 1));

        shares.Observe([new(A, double.NaN), new(B, -1)]);
        shares.Observe([new(A, 0), new(B, 0)]);
        shares.Observe([]);

        Assert.Equal([2, 1], Split(shares, 3, A, B), Close);
    }

    private static MemberShares Of(params (GatewaySerial Serial, double Load)[] loads)
    {
        var shares = new MemberShares();
        shares.Observe(loads.Select(l => KeyValuePair.Create(l.Serial, l.Load)));
        return shares;
    }

    private static double[] Split(MemberShares shares, double demand, params GatewaySerial[] members)
    {
        var split = shares.Split(demand, members);
        return [.. members.Select(m => split[m])];
    }

    private static bool Close(double a, double b) => Math.Abs(a - b) < 1e-9;
}
