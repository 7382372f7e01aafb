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

    [Theory]
    [InlineData(new[] { 1.0, double.NaN, 2, 3 }, 0, 2)]
    [InlineData(new[] { 1.0, 2, double.NaN }, 0, 0)]
    [InlineData(new[] { 1.0, 2, 3, 4, 5, 6 }, 0, 4)]
    [InlineData(new[] { 1.0, double.NaN, 2, double.NaN, 3, double.NaN }, 1, 3)]
    [InlineData(new[] { 1.0, double.NaN, double.NaN, 3, double.NaN }, 1, 1)]
    [InlineData(new double[0], 0, 0)]
    public void KnownInARow_CountsFromTheNewest_AndStepsBetweenSamplesAreNotMissing(double[] values, int between, int known) =>
        Assert.Equal(
            known, DemandSeries.KnownInARow(new(DateTimeOffset.UnixEpoch, Minute, values), between, most: 4));

    [Theory]
    [InlineData(new[] { 9.0, double.NaN, 2, 3, 4 }, 0, 0.75)]
    [InlineData(new[] { 1.0, double.NaN, 2, double.NaN }, 1, 1)]
    [InlineData(new[] { double.NaN, double.NaN, 2, double.NaN }, 1, 0.5)]
    [InlineData(new[] { 1.0, 2 }, 0, 1)]
    [InlineData(new[] { double.NaN, double.NaN }, 0, 0)]
    [InlineData(new double[0], 0, 0)]
    public void KnownShare_IsOfTheNewest_AndStepsBetweenSamplesAreNotMissing(double[] values, int between, double share) =>
        Assert.Equal(
            share, DemandSeries.KnownShare(new(DateTimeOffset.UnixEpoch, Minute, values), between, newest: 4), precision: 9);
}
