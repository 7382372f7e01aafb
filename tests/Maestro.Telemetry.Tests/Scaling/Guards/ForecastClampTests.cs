using System.Collections.Immutable;
using Maestro.Telemetry.Forecasts;
using Maestro.Telemetry.Scaling;
using Maestro.Telemetry.Scaling.Guards;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Tests.Scaling.Guards;

/// <summary>A forecast counts when it fits what has been.</summary>
public sealed class ForecastClampTests
{
    private static readonly DemandForecast Three = Scene.Forecast(new(1), 3);

    [Fact]
    public void Forecast_IsCappedAtOneAndAHalfTimesTheHighestDemand()
    {
        var scene = new Scene().Group(1, members: 8, demand: 2, forecast: 20).Telemetry(1, t => t with
        {
            Highest = ImmutableSortedDictionary<Resource, double>.Empty.Add(Resource.CpuWork, 3),
        });

        Assert.Contains(scene.Decide().Terms, t => t is { Source: "predicted", Demand: 4.5 });
    }

    [Theory]
    [InlineData(2.0, null, null, 2.0)]
    [InlineData(2.0, 1.0, null, 1.5)]
    [InlineData(2.0, 1.5, null, 2.0)]
    [InlineData(9.0, 1.5, 4.0, 6.0)]
    [InlineData(2.5, 2.0, 1.0, 2.5)]
    [InlineData(2.0, 3.0, 1.0, 3.0)]
    [InlineData(2.0, null, 4.0, 4.0)]
    public void Throughput_IsNeverForecastAboveTheLineRate_NorBelowWhatWasMeasuredAlready(
        double lineRate, double? highest, double? measured, double cap)
    {
        var most = ImmutableSortedDictionary<Resource, double>.Empty;
        var now = ImmutableSortedDictionary<Resource, double>.Empty;
        var telemetry = new GroupTelemetry
        {
            Group = new(1),
            Highest = highest is { } high ? most.Add(Resource.BitsPerSecond, high) : most,
            Demand = measured is { } demand ? now.Add(Resource.BitsPerSecond, demand) : now,
            NewestSample = Scene.Noon,
            Coverage = 1,
        };

        var capped = ForecastClamp.Cap(Ten(Resource.BitsPerSecond), telemetry, lineRate);
        Assert.Equal(cap, capped.PathMaximum.ToArray().Max());
        Assert.Equal(10, ForecastClamp.Cap(Ten(Resource.CpuWork), null, lineRate).PathMaximum.ToArray().Max());
    }

    [Fact]
    public void Forecast_WithoutAWeekOfPast_IsNotCapped() =>
        Assert.Contains(
            new Scene().Group(1, members: 8, demand: 2, forecast: 20).Decide().Terms,
            t => t is { Source: "predicted", Demand: 20 });

    [Theory]
    [InlineData(3.0, true)]
    [InlineData(2.9, true)]
    [InlineData(2.0, false)]
    public void OneAndTheSameValueEverywhere_IsAStuckModel_UnlessItIsMeasuredToo(double measured, bool usable)
    {
        var flat = Three with { Marginal = Enumerable.Repeat(3.0, 240).ToArray() };

        Assert.Equal(usable, ForecastClamp.Contradiction(flat, [], measured, 1, Scene.Noon) is null);
    }

    [Theory]
    [InlineData(2.1, 2.0, true)]
    [InlineData(1.9, 2.0, false)]
    [InlineData(1.9, 2.9, true)]
    [InlineData(1.0, 1.0, false)]
    [InlineData(8.0, 8.0, false)]
    [InlineData(8.0, 4.0, true)]
    [InlineData(1.0, null, false)]
    public void StepOfMoreThanHalf_IsBelievedOnlyWhenDemandFollowed(double before, double? measured, bool believed) =>
        Assert.Equal(
            believed,
            ForecastClamp.Contradiction(Three, [Issued(before, minutes: 20)], measured, 1, Scene.Noon) is null);

    [Fact]
    public void DistrustedStep_LeavesTheForecastBefore_AndRemovesNothing()
    {
        var scene = new Scene().Group(1, members: 8, demand: 1.5, forecast: 0.5).Before(1, minutes: 10, demand: 1.5);

        var decision = scene.Decide();

        Assert.Equal((DecisionAction.Hold, ReasonCode.ForecastUntrusted), (decision.Action, decision.Reason));
        Assert.Contains(decision.Terms, t => t is { Source: "predicted", Demand: 1.5 });
    }

    [Fact]
    public void StepBetweenForecastsFarApart_IsNoStep() =>
        Assert.Null(ForecastClamp.Contradiction(Three, [Issued(1, minutes: 40)], 1, 1, Scene.Noon));

    [Fact]
    public void SmallStep_IsNoStep()
    {
        var small = Scene.Forecast(new(1), 0.3);

        Assert.Null(ForecastClamp.Contradiction(small, [Issued(0.1, minutes: 20)], 0.1, 1, Scene.Noon));
    }

    private static DemandForecast Issued(double demand, int minutes)
    {
        var at = Scene.Noon.AddMinutes(-minutes);
        return Scene.Forecast(new(1), demand) with { IssuedAt = at, Start = at };
    }

    private static DemandForecast Ten(Resource resource) => Scene.Forecast(new(1), 10) with { Resource = resource };
}
