using Maestro.Telemetry.Forecasting;
using Maestro.Telemetry.Forecasting.Models.Direct;
using static Maestro.Telemetry.Tests.Forecasting.Direct.DirectCurve;

namespace Maestro.Telemetry.Tests.Forecasting.Direct;

/// <summary>Series that are unlike most.</summary>
public sealed class DirectEdgeTests
{
    public static TheoryData<IForecastModel> Both => Models;

    [Theory]
    [MemberData(nameof(Both))]
    public void Forecast_OfAnyStepAndLength_IsSound(IForecastModel model)
    {
        foreach (var (day, days) in new (int, double)[]
            { (12, 14), (24, 6), (24, 14), (48, 7), (96, 3), (96, 3.3), (288, 2), (288, 4.01), (1_440, 2) })
        {
            foreach (var horizon in new[] { 1, 7, day, (2 * day) + 5 })
            {
                var forecast = Forecast(model, History(Days(day, days), day, horizon));

                AssertSound(forecast);
                Assert.All(
                    Enumerable.Range(0, Math.Min(horizon, day)),
                    step => Assert.InRange(forecast.MarginalAt(step, 5), 20, 180));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Both))]
    public void Forecast_OfAWeekAlone_RepeatsIt(IForecastModel model)
    {
        var values = Days(168, 4, 0.01);
        var series = new TrainingSeries { Values = values, Periods = [168], MaxHorizon = 168 };

        var forecast = Forecast(model, series);

        AssertSound(forecast);
        Assert.All(
            Enumerable.Range(0, 168), step => Assert.Equal(values[^(168 - step)], forecast.MarginalAt(step, 5), 10.0));
    }

    [Theory]
    [MemberData(nameof(Both))]
    public void Fit_OfLessThanTwoDays_IsRefusedWithTheNumber(IForecastModel model)
    {
        var result = model.Fit(History(Days(288, 1.99), 288), CancellationToken.None);

        Assert.Contains("573 steps of history", result.Refusal, StringComparison.Ordinal);
        Assert.Contains(
            "no season",
            model.Fit(new() { Values = Days(24, 10), MaxHorizon = 5 }, CancellationToken.None).Refusal,
            StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public void Fit_OfMoreGapsThanValues_IsRefused(IForecastModel model)
    {
        var values = Days(24, 14);
        Array.Fill(values, double.NaN, 50, 200);

        var result = model.Fit(History(values), CancellationToken.None);

        Assert.Contains("136 of 336 values are known", result.Refusal, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public void Forecast_AroundGaps_IsSoundAndNearby(IForecastModel model)
    {
        var whole = Days(24, 14);
        var expected = Level(Forecast(model, History(whole)));
        foreach (var (from, count) in new[] { (0, 24), (0, 40), (100, 120), (310, 26), (312, 24) })
        {
            var holed = (double[])whole.Clone();
            Array.Fill(holed, double.NaN, from, count);

            var forecast = Forecast(model, History(holed));

            AssertSound(forecast);
            Assert.InRange(Level(forecast) / expected, 0.85, 1.15);
        }

        var random = new Random(3);
        double[] sparse = [.. whole.Select(value => random.NextDouble() < 0.3 ? double.NaN : value)];
        Assert.InRange(Level(Forecast(model, History(sparse))) / expected, 0.9, 1.1);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public void Forecast_AfterADayOfNothing_IsStillSound(IForecastModel model)
    {
        var fitted = Fit(model, History(Days(24, 14)));
        for (var i = 0; i < 24 * 14; i++)
        {
            fitted.Observe(double.NaN);
        }

        AssertSound(Forecast(fitted));
        Assert.InRange(Level(Forecast(fitted)), 70, 130);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public void Forecast_OfAConstantBesidesOneValue_IsThatConstant(IForecastModel model)
    {
        foreach (var odd in new[] { 0.0, 50, 1e6 })
        {
            double[] values = [.. Enumerable.Repeat(42.5, 24 * 14)];
            values[200] = odd;

            var forecast = Forecast(model, History(values));

            AssertSound(forecast);
            Assert.All(
                Enumerable.Range(0, 24),
                step => Assert.Equal(42.5, forecast.MarginalAt(step, 5), 0.02 * Math.Abs(odd - 42.5)));
        }
    }

    [Theory]
    [MemberData(nameof(Both))]
    public void Forecast_OfTinyAndHugeDemand_IsScaledAlike(IForecastModel model)
    {
        var values = Days(24, 14);
        var forecast = Forecast(model, History(values));
        foreach (var power in new[] { -48, -40, 40, 50, 300 })
        {
            var factor = Math.Pow(2, power);

            var scaled = Forecast(model, History([.. values.Select(value => value * factor)]));

            Assert.All(
                forecast.Marginal.Concat(forecast.PathMaximum).Zip(scaled.Marginal.Concat(scaled.PathMaximum)),
                pair => Assert.Equal(pair.First, pair.Second / factor, 1e-6 * pair.First));
        }
    }

    [Theory]
    [MemberData(nameof(Both))]
    public void Forecast_OfValuesAboveTheHighest_StaysAtIt(IForecastModel model)
    {
        foreach (var values in new double[][] { [.. Enumerable.Repeat(120.0, 336)], Days(24, 14) })
        {
            var forecast = Forecast(model, History(values) with { Highest = 60 });

            AssertSound(forecast);
            Assert.All(forecast.PathMaximum, value => Assert.InRange(value, 0, 60));
        }
    }

    [Theory]
    [MemberData(nameof(Both))]
    public void Forecast_OfNothingButSaturatedValues_IsSound(IForecastModel model)
    {
        var saturated = new bool[336];
        Array.Fill(saturated, true);
        double[] constant = [.. Enumerable.Repeat(99.3, 336)];
        double[] falling = [.. Enumerable.Range(0, 336).Select(t => 1_000.0 - t)];
        foreach (var values in new[] { constant, falling, Days(24, 14) })
        {
            AssertSound(Forecast(model, History(values) with { Saturated = saturated }));
        }
    }

    [Theory]
    [MemberData(nameof(Both))]
    public void Observe_OfThousandsOfValues_KeepsOnlyWhatItNeeds(IForecastModel model)
    {
        var fitted = Fit(model, History(Days(24, 14)));
        foreach (var value in Days(24, 400, seed: 2))
        {
            fitted.Observe(value);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
        {
            fitted.Observe(100);
        }

        // A value or two for each track, and now and then a track that grows; not all of history every time.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000 * 4_000);
        AssertSound(Forecast(fitted));
    }

    [Theory]
    [MemberData(nameof(Both))]
    public void Restore_OfAStateThatMissesParts_IsRefused(IForecastModel model)
    {
        var json = Fit(model, History(Days(24, 14))).ToJson();

        Assert.Throws<FormatException>(
            () => model.Restore(json.Replace("\"Knots\":", "\"Notes\":", StringComparison.Ordinal)));
        Assert.Throws<FormatException>(() => model.Restore(json[..(json.Length / 2)]));
    }
}
