using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Tests.Series;

public sealed class DemandSeriesTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData(new[] { 1.0, 2, 3, 3, 3 }, 2)]
    [InlineData(new[] { 3.0, double.NaN, 3, double.NaN }, 2)]
    [InlineData(new[] { 3.0, 2 }, 0)]
    [InlineData(new[] { 3.0, 3, 3, 3, 3, 3, 3, 3 }, 5)]
    [InlineData(new[] { 1.0, 0, 0 }, null)]
    [InlineData(new[] { double.NaN }, null)]
    [InlineData(new double[0], null)]
    public void UnchangedFor_IsTheTimeSinceTheNewestValueCame(double[] values, int? minutes) =>
        Assert.Equal(
            minutes * Minute,
            DemandSeries.UnchangedFor(new(DateTimeOffset.UnixEpoch, Minute, values), most: 5 * Minute));
}
