using System.Globalization;
using Maestro.Telemetry.Scaling;
using Maestro.Telemetry.Tests.Support;

namespace Maestro.Telemetry.Tests.Scaling;

public sealed class ScheduleRulesTests
{
    [Theory]
    [InlineData("2026-03-04T06:59:00Z", "08:00", "18:00", false)]
    [InlineData("2026-03-04T07:00:00Z", "08:00", "18:00", true)]
    [InlineData("2026-03-04T16:59:00Z", "08:00", "18:00", true)]
    [InlineData("2026-03-04T17:00:00Z", "08:00", "18:00", false)]
    [InlineData("2026-07-01T06:00:00Z", "08:00", "18:00", true)]
    [InlineData("2026-07-01T05:59:00Z", "08:00", "18:00", false)]
    [InlineData("2026-03-05T02:00:00Z", "22:00", "04:00", true)]
    [InlineData("2026-03-05T03:00:00Z", "22:00", "04:00", false)]
    public void Floor_HoldsByLocalTime_OnItsDay(string now, string from, string to, bool holds)
    {
        var time = DateTimeOffset.Parse(now, CultureInfo.InvariantCulture);

        Assert.Equal(holds, ScheduleRules.HoldsWithin(Wednesday(from, to), time, time));
    }

    [Fact]
    public void Floor_IsSeenALeadTimeAhead()
    {
        var before = new DateTimeOffset(2026, 3, 4, 6, 40, 0, TimeSpan.Zero);

        Assert.False(ScheduleRules.HoldsWithin(Wednesday("08:00", "18:00"), before, before.AddMinutes(19)));
        Assert.True(ScheduleRules.HoldsWithin(Wednesday("08:00", "18:00"), before, before.AddMinutes(20)));
    }

    [Fact]
    public void Floor_InTheHourThatTheClockSkips_BeginsAfterIt()
    {
        var sunday = Wednesday("02:30", "04:00") with { Days = [DayOfWeek.Sunday] };
        var skip = new DateTimeOffset(2026, 3, 29, 1, 0, 0, TimeSpan.Zero);

        Assert.False(ScheduleRules.HoldsWithin(sunday, skip.AddMinutes(29), skip.AddMinutes(29)));
        Assert.True(ScheduleRules.HoldsWithin(sunday, skip.AddMinutes(30), skip.AddMinutes(30)));
        Assert.False(ScheduleRules.HoldsWithin(sunday, skip.AddMinutes(60), skip.AddMinutes(60)));
    }

    [Fact]
    public void Floor_InTheHourThatTheClockRepeats_HoldsBothTimes()
    {
        var sunday = Wednesday("02:00", "03:00") with { Days = [DayOfWeek.Sunday] };
        var first = new DateTimeOffset(2026, 10, 25, 0, 0, 0, TimeSpan.Zero);

        Assert.True(ScheduleRules.HoldsWithin(sunday, first, first));
        Assert.True(ScheduleRules.HoldsWithin(sunday, first.AddMinutes(119), first.AddMinutes(119)));
        Assert.False(ScheduleRules.HoldsWithin(sunday, first.AddMinutes(120), first.AddMinutes(120)));
    }

    private static ScalingSchedule Wednesday(string from, string to) => new()
    {
        Name = "test",
        Minimum = 4,
        Days = [DayOfWeek.Wednesday],
        From = TimeOnly.Parse(from, CultureInfo.InvariantCulture),
        To = TimeOnly.Parse(to, CultureInfo.InvariantCulture),
        Zone = TestZones.Berlin,
    };
}
