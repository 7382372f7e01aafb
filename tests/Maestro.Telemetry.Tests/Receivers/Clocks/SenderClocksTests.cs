using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Server.Configuration;
using Maestro.Telemetry.Server.Receivers.Clocks;
using Maestro.Telemetry.Tests.Service;
using Maestro.Telemetry.Tests.Support;
using Microsoft.Extensions.Options;

namespace Maestro.Telemetry.Tests.Receivers;

public sealed class SenderClocksTests
{
    private static readonly GatewaySerial S1 = new("S1");

    private readonly ManualTimeProvider _time = new(Given.Noon);
    private readonly SenderClocks _clocks;

    public SenderClocksTests() => _clocks = new(
        Given.Meters(), Options.Create(new IngestOptions { MaxClockSkew = TimeSpan.FromSeconds(5) }), _time);

    [Fact]
    public void Of_NobodyHasSent_IsNotKnown() => Assert.Null(_clocks.Of(S1));

    [Fact]
    public void Of_BatchesThatAreLate_GoesByTheLeastDelayed()
    {
        // Twelve seconds ahead, and from 3 to 900 ms under way.
        foreach (var delay in new[] { 900, 40, 3, 250 })
        {
            Observe(12_000 - delay);
        }

        Assert.Equal(TimeSpan.FromMilliseconds(11_997), _clocks.Of(S1)!.Value.Skew);
    }

    [Fact]
    public void Of_AClockThatWasSetRight_IsRightAgainAfterAWhile()
    {
        Observe(60_000);
        for (var i = 0; i < 2 * 64; i++)
        {
            Observe(-5);
        }

        Assert.Equal(TimeSpan.FromMilliseconds(-5), _clocks.Of(S1)!.Value.Skew);
        Assert.Empty(_clocks.Problems());
    }

    [Fact]
    public void Of_ASenderThatSaysNothingOfItsClock_IsKnownOnlyWhenItIsAhead()
    {
        Observe(-15_000, isSendTime: false);
        Assert.Null(_clocks.Of(S1)!.Value.Skew);
        Assert.Empty(_clocks.Problems());

        Observe(8_000, isSendTime: false);
        Assert.Equal(TimeSpan.FromSeconds(8), _clocks.Of(S1)!.Value.Skew);
        Assert.Single(_clocks.Problems());
    }

    [Fact]
    public void Of_AnotherSender_BeginsAnew()
    {
        Observe(60_000);

        Observe(0, sender: "agent-2");

        Assert.Equal(new ClockReading("agent-2", TimeSpan.Zero, true), _clocks.Of(S1));
    }

    [Theory]
    [InlineData(long.MinValue)]
    [InlineData(long.MaxValue)]
    public void Observe_AStampBeyondAnyDate_IsAClockThatIsWrong(long stampMs)
    {
        _clocks.Observe(S1, "agent-1", stampMs, isSendTime: true);

        Assert.Single(_clocks.Problems());
    }

    [Fact]
    public void Problems_ClocksBeyondTheTolerance_AreNamedWithTheirSenderAndTheRemedy()
    {
        Observe(5_000);
        Assert.Empty(_clocks.Problems());

        Observe(-7_500, sender: "agent-2");
        _clocks.Observe(new("S2"), "agent-2", Stamp(-7_000), isSendTime: true);

        Assert.Equal(
            "The clock of SGM S1 and of 1 more (sender agent-2) is 7.5 s behind the collector's; up to 5 s are tolerated "
                + "(Maestro:Ingest:MaxClockSkew). Let the same NTP servers keep both.",
            Assert.Single(_clocks.Problems()));
    }

    private void Observe(int aheadMs, string sender = "agent-1", bool isSendTime = true) =>
        _clocks.Observe(S1, sender, Stamp(aheadMs), isSendTime);

    private long Stamp(int aheadMs) => _time.GetUtcNow().ToUnixTimeMilliseconds() + aheadMs;
}
