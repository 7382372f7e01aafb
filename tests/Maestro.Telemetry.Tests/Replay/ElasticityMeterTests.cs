using Maestro.Telemetry.Replay;

namespace Maestro.Telemetry.Tests.Replay;

public sealed class ElasticityMeterTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public void Measure_SixHours_GivesWhatOneComputesByHand()
    {
        var meter = new ElasticityMeter([9, 2, 3, 4, 4, 2, 2], 1, Hour);

        var metrics = meter.Measure([2, 2, 3, 4, 4, 2]);

        Assert.Equal(6, metrics.Samples);
        Assert.Equal(100.0 * 2 / 6, metrics.UnderProvisionedPercent, 9);
        Assert.Equal(100.0 * 1 / 6, metrics.OverProvisionedPercent, 9);
        Assert.Equal(100.0 * ((1.0 / 3) + (1.0 / 4)) / 6, metrics.UnderProvisioningAccuracyPercent, 9);
        Assert.Equal(100.0 * (2.0 / 2) / 6, metrics.OverProvisioningAccuracyPercent, 9);

        // Demand goes +1 +1 0 -2 0, supply 0 +1 +1 0 -2: they agree once in five times.
        Assert.Equal(100.0 * 4 / 5, metrics.InstabilityPercent, 9);
        Assert.Equal(2 * 10_080.0 / 6, metrics.ViolationMinutesPerWeek, 9);
        Assert.Equal(120, metrics.LongestViolationMinutes);
        Assert.Equal(2, metrics.ShortageUnitHours);
        Assert.Equal(17, metrics.UnitHours);
        Assert.Equal(17.0 / 17, metrics.UnitHoursVsLowerBound, 9);
        Assert.Equal(4 / (6 / 24.0), metrics.MovesPerDay, 9);
        Assert.Equal(100.0 * 5 / 6, metrics.SingleLossExposurePercent, 9);
        Assert.Equal(2, metrics.LateAdds);
        Assert.Equal(90, metrics.LatenessMinutes);
    }

    [Fact]
    public void Measure_UnknownDemand_DoesNotCount()
    {
        var meter = new ElasticityMeter([1, 2, 0, 0, 2], 1, Hour);

        var metrics = meter.Measure([1, 1, 1, 2]);

        Assert.Equal(2, metrics.Samples);
        Assert.Equal(50, metrics.UnderProvisionedPercent);
        Assert.Equal(3, metrics.UnitHours);
        Assert.Equal(3.0 / 4, metrics.UnitHoursVsOracle1, 9);
    }

    [Fact]
    public void Measure_ItsOwnOracle_CostsExactlyOne()
    {
        var meter = new ElasticityMeter([1, 3, 1, 1, 5, 2, 2, 1], 1, Hour);

        var metrics = meter.Measure([.. meter.Oracle1]);

        Assert.Equal(1, metrics.UnitHoursVsOracle1, 9);
        Assert.Equal(0, metrics.UnderProvisionedPercent);
    }

    [Theory]
    [InlineData(0.0, 1)]
    [InlineData(0.8, 1)]
    [InlineData(0.81, 2)]
    [InlineData(2.4, 3)]
    [InlineData(double.NaN, 0)]
    public void RequiredUnits_StayAtOrBelowTheUtilization(double work, int units) =>
        Assert.Equal(units, RequiredUnits.Of(work, 0.8));

    [Fact]
    public void Capacity_ThePeakNeedsSoManyUnits()
    {
        double[] values = [10, 20, double.NaN, 30, 64];

        var capacity = RequiredUnits.Capacity(values, 8, 0.8, quantile: 1);

        Assert.Equal(10, capacity, 9);
        Assert.Equal(8, RequiredUnits.Of(64 / capacity, 0.8));
        Assert.Throws<ArgumentException>(() => RequiredUnits.Capacity([0, double.NaN], 8, 0.8));
    }
}
