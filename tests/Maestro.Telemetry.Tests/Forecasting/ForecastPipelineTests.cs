using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Forecasting;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Tests.Forecasting;

public sealed class ForecastPipelineTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(5);
    private static readonly SecurityGroupId Group = new(2);

    private readonly ForecastPipeline _pipeline = new(new ForecastOptions());

    [Fact]
    public void Run_OnThreeWeeks_ForecastsADayFromTheEndOfTheSeries()
    {
        var series = new TimeSeries(Start, Step, LoadCurve.DaysAndWeeks(21));

        var forecast = _pipeline.Run(Group, Resource.CpuWork, series, series.End, CancellationToken.None);

        Assert.Equal(("direct", 288, 13), (forecast.Model, forecast.Steps, forecast.Levels.Count));
        Assert.Equal((series.End, Step), (forecast.Start, forecast.Step));
        Assert.Equal((Group, Resource.CpuWork, series.End), (forecast.Group, forecast.Resource, forecast.IssuedAt));
        Assert.Equal(forecast.Marginal.Length, forecast.PathMaximum.Length);
        Assert.True(forecast.Trust.Trusted, forecast.Trust.Reason);
    }

    [Fact]
    public void Issue_AfterObserving_StartsLater()
    {
        var series = new TimeSeries(Start, Step, LoadCurve.DaysAndWeeks(5));
        var prepared = _pipeline.Prepare(series, default, CancellationToken.None);

        prepared.Observe(900);
        prepared.Observe(double.NaN);

        var forecast = prepared.Issue(Group, Resource.BitsPerSecond, series.End, CancellationToken.None);
        Assert.Equal(series.End + (2 * Step), forecast.Start);
        Assert.Equal(FitStatus.Fitted, prepared.Fit.Status);
    }

    [Fact]
    public void Run_OnNothing_ForecastsNoStepsAndSaysWhy()
    {
        var series = new TimeSeries(Start, Step, Array.Empty<double>());

        var forecast = _pipeline.Run(Group, Resource.CpuWork, series, Start, CancellationToken.None);

        Assert.Equal(0, forecast.Steps);
        Assert.False(forecast.Trust.Trusted);
        Assert.Contains("no known value", forecast.Trust.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_OnAnHour_IsAColdStart()
    {
        var series = new TimeSeries(Start, Step, new double[] { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 });

        var forecast = _pipeline.Run(Group, Resource.CpuWork, series, series.End, CancellationToken.None);

        Assert.Equal(("naive", 288), (forecast.Model, forecast.Steps));
        Assert.StartsWith("COLD_START", forecast.Trust.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(60)]
    [InlineData(7)]
    public void Run_AtOtherSteps_ForecastsTheHorizon(int minutes)
    {
        var step = TimeSpan.FromMinutes(minutes);
        var count = (int)(TimeSpan.FromDays(3) / step);
        double[] values = [.. Enumerable.Range(0, count).Select(i => 100 + (50 * Math.Sin(2 * Math.PI * i * minutes / 1_440)))];
        var series = new TimeSeries(Start, step, values);
        var pipeline = new ForecastPipeline(new ForecastOptions { Horizon = TimeSpan.FromHours(6) });

        var forecast = pipeline.Run(Group, Resource.CpuWork, series, series.End, CancellationToken.None);

        Assert.Equal((int)Math.Ceiling(360.0 / minutes), forecast.Steps);
        Assert.All(forecast.PathMaximum.ToArray(), value => Assert.InRange(value, 0, 400));
    }
}
