using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Scaling;
using Maestro.Telemetry.Server.Configuration;

namespace Maestro.Telemetry.Tests.Service;

/// <summary>Schedules as they are configured: every mistake is named at the start, and those that fight each other.</summary>
public sealed class ScheduleOptionsTests
{
    [Fact]
    public void EveryKind_IsReadAsItIsMeant()
    {
        var exact = Daily(o =>
        {
            o.Kind = ScheduleKind.Exact;
            o.Members = 5;
        });
        var freeze = new ScheduleOptions
        {
            Name = "holidays",
            Kind = ScheduleKind.Freeze,
            Start = "2026-12-24T18:00",
            End = "2027-01-02T06:00",
            Zone = "UTC",
            AllowEmergency = true,
        };

        Assert.Empty(Errors(exact, freeze));
        Assert.Equal((5, 5, 7), (exact.ToSchedule().Minimum, exact.ToSchedule().Maximum, exact.ToSchedule().Days.Count));
        Assert.Equal(new DateTime(2026, 12, 24, 18, 0, 0), freeze.ToSchedule().Start);
        Assert.True(freeze.ToSchedule().AllowEmergency);
    }

    [Theory]
    [InlineData("Members is not set")]
    [InlineData("Maximum is not set")]
    [InlineData("Start is 'tomorrow'")]
    [InlineData("End is '2026-12-24T18:00'; it must be after Start")]
    [InlineData("leave those out")]
    [InlineData("it is for the kind Freeze only")]
    [InlineData("To is not set")]
    public void Mistake_IsNamed(string message)
    {
        var wrong = message switch
        {
            "Members is not set" => Daily(o => o.Kind = ScheduleKind.Exact),
            "Maximum is not set" => Daily(o => o.Kind = ScheduleKind.Ceiling),
            "Start is 'tomorrow'" => Once("tomorrow", "2026-12-24T18:00"),
            "leave those out" => Once("2026-12-24T18:00", "2026-12-25T18:00", o => o.Days = [DayOfWeek.Monday]),
            "it is for the kind Freeze only" => Daily(o => o.AllowEmergency = true),
            "To is not set" => Daily(o => o.To = ""),
            _ => Once("2026-12-24T18:00", "2026-12-24T18:00"),
        };

        Assert.Contains(Errors(wrong), e => e.Contains(message, StringComparison.Ordinal));
    }

    [Fact]
    public void FloorAboveACeiling_IsAMistake()
    {
        var error = Assert.Single(Errors(
            Daily(o => o.Minimum = 6),
            Daily(o =>
            {
                o.Name = "nights";
                o.Kind = ScheduleKind.Ceiling;
                o.Maximum = 4;
            })));

        Assert.Contains("test asks for 6 SGMs while nights allows 4", error, StringComparison.Ordinal);
    }

    private static IReadOnlyList<string> Errors(params ScheduleOptions[] schedules)
    {
        var errors = new SettingErrors("Maestro:Fabric");
        new GroupOptions { Id = 1, Schedules = [.. schedules] }.Check("Groups:0", new FabricLimits(), errors);
        return errors.All;
    }

    private static ScheduleOptions Once(string start, string end, Action<ScheduleOptions>? change = null)
    {
        var options = new ScheduleOptions { Name = "test", Kind = ScheduleKind.Freeze, Start = start, End = end, Zone = "UTC" };
        change?.Invoke(options);
        return options;
    }

    private static ScheduleOptions Daily(Action<ScheduleOptions> change)
    {
        var options = new ScheduleOptions { Name = "test", From = "08:00", To = "18:00", Zone = "UTC" };
        change(options);
        return options;
    }
}
