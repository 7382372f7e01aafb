namespace Maestro.Telemetry.Tests.Support;

/// <summary>Time zones by rule, so that tests need no time zone database.</summary>
internal static class TestZones
{
    /// <summary>
    /// Central Europe: +1, and +2 from the last Sunday of March at 02:00 to the last Sunday of October at 03:00.
    /// </summary>
    public static readonly TimeZoneInfo Berlin = TimeZoneInfo.CreateCustomTimeZone(
        "test/Berlin",
        TimeSpan.FromHours(1),
        "Berlin",
        "CET",
        "CEST",
        [
            TimeZoneInfo.AdjustmentRule.CreateAdjustmentRule(
                DateTime.MinValue.Date,
                DateTime.MaxValue.Date,
                TimeSpan.FromHours(1),
                TimeZoneInfo.TransitionTime.CreateFloatingDateRule(new DateTime(1, 1, 1, 2, 0, 0), 3, 5, DayOfWeek.Sunday),
                TimeZoneInfo.TransitionTime.CreateFloatingDateRule(new DateTime(1, 1, 1, 3, 0, 0), 10, 5, DayOfWeek.Sunday)),
        ]);
}
