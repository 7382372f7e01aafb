using System.Globalization;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Tests.Series;

public sealed class PastTimeTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 9, 30, 15, TimeSpan.Zero);

    [Theory]
    [InlineData("08:05", "2026-11-22T08:05:00Z")]
    [InlineData("8:05", "2026-11-22T08:05:00Z")]
    [InlineData("08:05Z", "2026-11-22T08:05:00Z")]
    [InlineData("09:30:15", "2026-11-22T09:30:15Z")]
    [InlineData("09:31", "2026-11-21T09:31:00Z")]
    [InlineData("23:59", "2026-11-21T23:59:00Z")]
    [InlineData("15m", "2026-11-22T09:15:15Z")]
    [InlineData("15m ago", "2026-11-22T09:15:15Z")]
    [InlineData("2h30m", "2026-11-22T07:00:15Z")]
    [InlineData("3d", "2026-11-19T09:30:15Z")]
    [InlineData("90s", "2026-11-22T09:28:45Z")]
    [InlineData("0m", "2026-11-22T09:30:15Z")]
    [InlineData("2026-11-20", "2026-11-20T00:00:00Z")]
    [InlineData("2026-11-20T08:05", "2026-11-20T08:05:00Z")]
    [InlineData("2026-11-20 08:05", "2026-11-20T08:05:00Z")]
    [InlineData("2026-11-20T08:05:00+02:00", "2026-11-20T06:05:00Z")]
    [InlineData("2026-11-20T08:05:00.123456700Z", "2026-11-20T08:05:00.1234567Z")]
    public void Text_IsTheMoment(string text, string expected)
    {
        Assert.True(PastTime.TryParse(text, Now, out var time));
        Assert.Equal(DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture), time);
        Assert.Equal(TimeSpan.Zero, time.Offset);
    }

    [Theory]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("8")]
    [InlineData("24:00")]
    [InlineData("08:60")]
    [InlineData("-15m")]
    [InlineData("15")]
    [InlineData("m")]
    [InlineData(" ago")]
    [InlineData("11/22/2026")]
    [InlineData("2026-13-01")]
    [InlineData("99999999999m")]
    public void TextThatIsNoMoment_IsRefused(string text) => Assert.False(PastTime.TryParse(text, Now, out _));
}
