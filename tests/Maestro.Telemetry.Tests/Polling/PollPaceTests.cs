using Maestro.Telemetry.Server.Polling;

namespace Maestro.Telemetry.Tests.Polling;

public sealed class PollPaceTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(0, 30)]
    [InlineData(1, 60)]
    [InlineData(3, 240)]
    [InlineData(4, 300)]
    [InlineData(int.MaxValue, 300)]
    public void Next_FailuresInARow_DoublesUpToFiveMinutes(int failures, double seconds) =>
        Assert.Equal(seconds, PollPace.Next(Interval, failures, 0.5).TotalSeconds, 6);

    [Fact]
    public void Next_Chance_MovesItByATwentieth()
    {
        Assert.Equal(28.5, PollPace.Next(Interval, 0, 0).TotalSeconds, 6);
        Assert.Equal(31.5, PollPace.Next(Interval, 0, 1).TotalSeconds, 6);
    }

    [Fact]
    public void Next_LongInterval_IsNotCutShort() => Assert.Equal(
        TimeSpan.FromMinutes(10), PollPace.Next(TimeSpan.FromMinutes(10), 3, 0.5));

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 7)]
    [InlineData(50, 15)]
    public void RoundsOut_FailuresInARow_GrowsToFifteen(int failures, int rounds) =>
        Assert.Equal(rounds, PollPace.RoundsOut(failures));
}
