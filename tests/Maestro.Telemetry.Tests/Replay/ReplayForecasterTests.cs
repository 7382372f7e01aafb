using System.Collections.Immutable;
using Maestro.Telemetry.Forecasting;
using Maestro.Telemetry.Forecasting.Models;
using Maestro.Telemetry.Forecasting.Replay;
using Maestro.Telemetry.Forecasts;
using Maestro.Telemetry.Replay;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Tests.Replay;

public sealed class ReplayForecasterTests
{
    private const int First = 3 * 288;

    private static readonly ForecastOptions Options = new() { Horizon = TimeSpan.FromHours(2) };
    private static readonly TimeSpan Refit = TimeSpan.FromHours(6);

    /// <summary>Forecasts up to a sample are the same whatever comes after it, though fits are made ahead of time.</summary>
    [Theory]
    [InlineData("seasonal-naive")]
    [InlineData("direct-lite")]
    public void AnotherFuture_ChangesNoForecastBeforeIt(string model)
    {
        const int Turn = First + 100;
        var work = Noisy(5);
        var other = work.Select((value, t) => t <= Turn ? value : t % 7 == 0 ? double.NaN : 3 * value).ToArray();

        var ours = Forecasts(model, work, Turn + 20);
        var theirs = Forecasts(model, other, Turn + 20);

        Assert.Equal(Turn + 1 - First, ours.Take(Turn + 1 - First).Zip(theirs).Count(pair => Same(pair.First, pair.Second)));
        Assert.False(Same(ours[^1], theirs[^1]));
    }

    [Fact]
    public void Forecasts_AreThoseOfTheServicesPipeline()
    {
        var work = Noisy(5);
        var scenario = Traces.Scenario(work, First);
        var policy = scenario.Groups[0].Policy;
        var chain = Chain("direct-lite");
        var forecaster = new ReplayForecaster(scenario, Options, chain, Refit);
        var pipeline = new ForecastPipeline(
            Options with { LeadTime = policy.LeadTime, Level = policy.Quantile }, chain);
        PreparedForecast? service = null;

        for (var step = First; step < First + 160; step++)
        {
            var replayed = forecaster.Issue(step, default)[0];

            // As the service does: it observes what is new, and now and then fits anew on top of what it learned.
            service?.Observe(work[step]);
            if ((step - First) % 72 == 0)
            {
                var known = new TimeSeries(Traces.Start, Traces.Step, work.AsMemory(0, step + 1));
                service = pipeline.Prepare(known, default, service, default);
            }

            var issued = service!.Issue(policy.Group, Resource.CpuWork, scenario.TimeAt(step), default);
            Assert.True(Same([issued], [replayed]), $"at sample {step}");
        }

        Assert.True(forecaster.Fits == 3, $"{forecaster.Fits} fits");
    }

    [Fact]
    public void Forecast_BeginsAfterTheSampleThatIsKnown()
    {
        var forecast = Forecasts("naive", Noisy(5), First + 1)[0][0];

        Assert.Equal(Traces.Start + ((First + 1) * Traces.Step), forecast.Start);
        Assert.Equal(Traces.Start + (First * Traces.Step), forecast.IssuedAt);
    }

    private static List<ImmutableArray<DemandForecast>> Forecasts(string model, double[] work, int end)
    {
        var forecaster = new ReplayForecaster(Traces.Scenario(work, First), Options, Chain(model), Refit);
        return [.. Enumerable.Range(First, end - First).Select(step => forecaster.Issue(step, default))];
    }

    private static FallbackChain Chain(string model) =>
        new([ForecastModels.ByName(model)!, new SeasonalNaiveModel(), new NaiveModel()]);

    private static bool Same(ImmutableArray<DemandForecast> one, ImmutableArray<DemandForecast> other) =>
        one.Length == other.Length && one.Zip(other).All(static pair =>
            pair.First.Start == pair.Second.Start
            && pair.First.Model == pair.Second.Model
            && pair.First.Trust == pair.Second.Trust
            && pair.First.Marginal.Span.SequenceEqual(pair.Second.Marginal.Span)
            && pair.First.PathMaximum.Span.SequenceEqual(pair.Second.PathMaximum.Span));

    private static double[] Noisy(int days)
    {
        var random = new Random(11);
        return [.. Traces.Days(days).Select(value => value * (0.9 + (0.2 * random.NextDouble())))];
    }
}
