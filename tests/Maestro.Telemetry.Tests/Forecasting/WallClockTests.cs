using Maestro.Telemetry.Forecasting;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Tests.Forecasting;

public sealed class WallClockTests
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public void Align_OverTheChangeInSpring_KeepsTheTimeOfDayInItsSlot()
    {
        // On 2026-03-29 at 01:00 UTC the clock goes from 02:00 to 03:00.
        var series = LocalHours(new(2026, 3, 28, 0, 0, 0, TimeSpan.Zero), 72);

        var aligned = WallClock.Align(series, Berlin).Values.ToArray();

        Assert.All(Slots(aligned), slot => Assert.Single(slot.Where(double.IsFinite).Distinct()));
        Assert.Single(aligned, double.IsNaN);
        Assert.Equal(series.Values.Span[^1], aligned[^1]);
    }

    [Fact]
    public void Align_OverTheChangeInAutumn_LeavesOutTheFirstOfTheEqualHours()
    {
        // On 2026-10-25 at 01:00 UTC the clock goes from 03:00 to 02:00.
        var series = LocalHours(new(2026, 10, 24, 0, 0, 0, TimeSpan.Zero), 72);

        var aligned = WallClock.Align(series, Berlin).Values.ToArray();

        Assert.All(Slots(aligned), slot => Assert.Single(slot.Where(double.IsFinite).Distinct()));
        Assert.True(double.IsNaN(aligned[0]));
        Assert.Equal(71, aligned.Count(double.IsFinite));
    }

    [Fact]
    public void Align_WithoutAChange_ChangesNothing()
    {
        var series = LocalHours(new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero), 72);

        Assert.Equal(series.Values.ToArray(), WallClock.Align(series, Berlin).Values.ToArray());
        Assert.Equal(series, WallClock.Align(series, TimeZoneInfo.Utc));
    }

    [Fact]
    public void IsChanged_OnlyAcrossTheChange()
    {
        var change = new DateTimeOffset(2026, 3, 29, 1, 0, 0, TimeSpan.Zero);

        Assert.True(WallClock.IsChanged(Berlin, change - Hour, change));
        Assert.False(WallClock.IsChanged(Berlin, change, change + Hour));
        Assert.False(WallClock.IsChanged(TimeZoneInfo.Utc, change - Hour, change));
    }

    [Theory]
    [InlineData("2026-03-29T12:00Z", -23)]
    [InlineData("2026-10-25T12:00Z", -25)]
    [InlineData("2026-06-01T12:00Z", -24)]
    public void Steps_OverAChange_AreThoseOfTheClockOnTheWall(string end, int utcHours)
    {
        var to = DateTimeOffset.Parse(end, System.Globalization.CultureInfo.InvariantCulture);
        var sameTimeOfDayBefore = to.AddHours(utcHours);

        Assert.Equal(24, WallClock.Steps(Berlin, Hour, sameTimeOfDayBefore, to));
        Assert.Equal(-24, WallClock.Steps(Berlin, Hour, to, sameTimeOfDayBefore));
    }

    /// <summary>Each value is the local hour of its time.</summary>
    private static TimeSeries LocalHours(DateTimeOffset start, int count) => new(
        start,
        Hour,
        Enumerable.Range(0, count)
            .Select(i => (double)TimeZoneInfo.ConvertTime(start + (i * Hour), Berlin).Hour)
            .ToArray());

    private static IEnumerable<double[]> Slots(double[] values) =>
        values.Select((value, i) => (value, i)).GroupBy(pair => pair.i % 24, pair => pair.value, (_, slot) => slot.ToArray());
}
