using System.Globalization;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Scaling;
using Maestro.Telemetry.Tests.Support;

namespace Maestro.Telemetry.Tests.Scaling;

public sealed class SchedulePreviewTests
{
    private static readonly ScalingSchedule Office = Daily("office", "08:00", "18:00") with { Minimum = 6 };

    [Fact]
    public void Floor_IsOrderedALeadTimeAndTwoMinutesBefore_WhenThePlannerSeesIt()
    {
        var policy = Policy(Office);

        var first = SchedulePreview.Of(policy, At("2026-03-04T12:00Z"), 3)[1];

        Assert.Equal(At("2026-03-05T07:00Z"), first.Start);
        Assert.Equal(At("2026-03-05T06:38Z"), first.OrderFrom);
        Assert.Empty(first.Notes);
        var horizon = policy.LeadTime + TimeSpan.FromMinutes(2);
        var order = first.OrderFrom!.Value;
        Assert.NotNull(ScheduleRules.Highest(policy.Schedules, order, order + horizon));
        Assert.Null(ScheduleRules.Highest(policy.Schedules, order.AddMinutes(-1), order.AddMinutes(-1) + horizon));
    }

    [Fact]
    public void Occurrences_OverTheSpringAndTheAutumnChange_KeepTheirLocalTimes()
    {
        var spring = SchedulePreview.Of(Policy(Office), At("2026-03-28T00:00Z"), 2);
        var autumn = SchedulePreview.Of(Policy(Office), At("2026-10-24T00:00Z"), 2);

        Assert.Equal(["08:00+01:00", "08:00+02:00"], spring.Select(o => Text(o.Start)));
        Assert.Equal([At("2026-03-28T07:00Z"), At("2026-03-29T06:00Z")], spring.Select(o => o.Start));
        Assert.Equal(["08:00+02:00", "08:00+01:00"], autumn.Select(o => Text(o.Start)));
        Assert.All([.. spring, .. autumn], o => Assert.Equal(TimeSpan.FromHours(10), o.End - o.Start));
        Assert.All([.. spring, .. autumn], o => Assert.Equal(TimeSpan.FromMinutes(22), o.Start - o.OrderFrom));
    }

    [Theory]
    [InlineData("2026-03-28T20:00Z", "22:00", "06:00", 7, "the clock is set forward within it: it lasts 7 h")]
    [InlineData("2026-10-24T20:00Z", "22:00", "06:00", 9, "the clock is set back within it: it lasts 9 h")]
    [InlineData("2026-03-29T00:00Z", "02:30", "06:00", 2.5, "the clock skips 02:30 on that day: it begins at 03:30")]
    public void ANightOnWhichTheClockIsChanged_IsNoted(string at, string from, string to, double hours, string note)
    {
        var night = SchedulePreview.Of(Policy(Daily("night", from, to) with { Minimum = 4 }), At(at), 1)[0];

        Assert.Equal(hours, (night.End - night.Start).TotalHours);
        Assert.Equal([note], night.Notes);
    }

    [Fact]
    public void AFreeze_ThatHoldsWhenSgmsAreToBeOrdered_IsNamed()
    {
        var freeze = Daily("audit", "07:00", "09:00") with { Kind = ScheduleKind.Freeze };

        var office = SchedulePreview.Of(Policy(Office, freeze), At("2026-03-04T00:00Z"), 1)[0];

        Assert.Equal("audit forbids every change until 2026-03-04 08:00 UTC, so that SGMs come late", Assert.Single(office.Notes));
    }

    [Fact]
    public void ACeiling_UnderAFloor_IsNamed()
    {
        var ceiling = Daily("saving", "12:00", "13:00") with { Kind = ScheduleKind.Ceiling, Maximum = 4 };

        var preview = SchedulePreview.Of(Policy(Office, ceiling), At("2026-03-04T00:00Z"), 1);

        Assert.Equal(["it asks for 6 SGMs while saving allows 4: the floor wins"], preview[0].Notes);
        Assert.Null(preview[1].OrderFrom);
    }

    [Fact]
    public void AScheduleOfOneTime_IsThereOnceAndNotAfterIt()
    {
        var sale = Office with { Name = "sale", Start = new(2026, 11, 27, 6, 0, 0), End = new(2026, 11, 28, 6, 0, 0) };

        Assert.Single(SchedulePreview.Of(Policy(sale), At("2026-03-04T00:00Z"), 5));
        Assert.Empty(SchedulePreview.Of(Policy(sale), At("2026-11-28T05:00Z"), 5));
    }

    [Fact]
    public void AFloorThatTheMinimumMeets_OrdersNothing() =>
        Assert.Null(SchedulePreview.Of(Policy(Office with { Minimum = 2 }), At("2026-03-04T00:00Z"), 1)[0].OrderFrom);

    private static DateTimeOffset At(string time) => DateTimeOffset.Parse(time, CultureInfo.InvariantCulture);

    private static string Text(DateTimeOffset time) => time.ToString("HH:mmzzz", CultureInfo.InvariantCulture);

    private static ScalingPolicy Policy(params ScalingSchedule[] schedules) => new()
    {
        Group = new SecurityGroupId(1),
        Priority = 1,
        Minimum = 2,
        Maximum = 10,
        LeadTime = TimeSpan.FromMinutes(20),
        Schedules = [.. schedules],
    };

    private static ScalingSchedule Daily(string name, string from, string to) => new()
    {
        Name = name,
        Days = Enum.GetValues<DayOfWeek>(),
        From = TimeOnly.Parse(from, CultureInfo.InvariantCulture),
        To = TimeOnly.Parse(to, CultureInfo.InvariantCulture),
        Zone = TestZones.Berlin,
    };
}
