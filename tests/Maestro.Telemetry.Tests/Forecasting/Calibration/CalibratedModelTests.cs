using Maestro.Telemetry.Forecasting;
using Maestro.Telemetry.Forecasting.Calibration;
using Maestro.Telemetry.Forecasting.Metrics;
using Maestro.Telemetry.Forecasting.Models;

namespace Maestro.Telemetry.Tests.Forecasting.Calibration;

public sealed class CalibratedModelTests
{
    private const int Learned = 5_000;
    private const int Judged = 10_000;
    private static readonly double[] Levels = [0.025, 0.1, 0.5, 0.9, 0.95, 0.975];
    private static readonly ValueBounds Bounds = new(0, double.PositiveInfinity);

    [Theory]
    [InlineData(0.5, 0)]
    [InlineData(0.7, 0)]
    [InlineData(1.6, 0)]
    [InlineData(1, 6)]
    [InlineData(1, -6)]
    [InlineData(0.7, 5)]
    [InlineData(1, 0)]
    public void Forecast_OfAModelThatIsOff_IsBroughtToNominalCoverage(double width, double bias)
    {
        foreach (var (memory, steps) in new[] { (0.0, 1), (0.0, 6), (0.8, 3) })
        {
            var model = Begin(new KnownNoiseModel(memory, width, bias), steps);

            var (marginal, maximum) = Measure(model, KnownNoiseModel.Series(Learned + Judged, memory), steps);

            Assert.All(Levels.Zip(marginal), pair => Assert.InRange(pair.Second, pair.First - 0.015, pair.First + 0.015));
            Assert.InRange(maximum[4], 0.94, 0.96);
        }
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0, 6)]
    [InlineData(0.8, 3)]
    [InlineData(0.9, 24)]
    public void Forecast_OfAModelThatIsRight_IsNotMadeWorse(double memory, int steps)
    {
        double[] series = [.. KnownNoiseModel.Series(Learned + Judged, memory, seed: 3)];

        var raw = Loss(new KnownNoiseModel(memory), series, steps);
        var corrected = Loss(Begin(new KnownNoiseModel(memory), steps), series, steps);

        Assert.InRange(corrected / raw, 0.98, 1.02);
    }

    [Fact]
    public void Maximum_WhenTheModelDrifts_KeepsItsCoverage()
    {
        var model = Begin(new KnownNoiseModel(0.6, width: 0.8), 6);
        double[] series = [.. KnownNoiseModel.Series(30_000, 0.6, seed: 7)
            .Select((value, i) => value + (Math.Max(0, i - 6_000) * 0.0005))];

        Assert.InRange(Measure(model, series, 6).Maximum[4], 0.94, 0.96);
        Assert.True(Measure(new KnownNoiseModel(0.6, width: 0.8), series, 6).Maximum[4] < 0.9);
    }

    [Fact]
    public void Observe_OfMissingValues_ChangesNoCorrection()
    {
        var model = Begin(new KnownNoiseModel(width: 0.5), 6);
        foreach (var value in KnownNoiseModel.Series(500))
        {
            model.Observe(value);
        }

        var before = model.Calibration.Horizons.Select(h => (h.Marginal.Save().Count, h.Maximum.Save().Count)).ToList();
        var terms = model.Calibration.Horizons.SelectMany(h => h.Marginal.Terms.Concat(h.Maximum.Terms)).ToList();
        foreach (var value in new[] { double.NaN, -3, double.PositiveInfinity })
        {
            model.Observe(value);
        }

        Assert.Equal(before, model.Calibration.Horizons.Select(h => (h.Marginal.Save().Count, h.Maximum.Save().Count)));
        Assert.Equal(terms, model.Calibration.Horizons.SelectMany(h => h.Marginal.Terms.Concat(h.Maximum.Terms)));
    }

    [Fact]
    public void Observe_OfAWindowWithAGap_DoesNotJudgeTheMaximum()
    {
        var model = Begin(new KnownNoiseModel(), 6);
        double[] series = [.. KnownNoiseModel.Series(600).Select((value, i) => i % 6 == 5 ? double.NaN : value)];

        foreach (var value in series)
        {
            model.Observe(value);
        }

        Assert.Equal(0, model.Calibration.At(6).Maximum.Count);
        Assert.True(model.Calibration.At(6).Marginal.Count > 400);
        Assert.True(model.Calibration.At(3).Maximum.Count > 100);
    }

    [Fact]
    public void Json_OfAModelThatFollowed_GivesTheSameForecastsBitForBit()
    {
        var values = LoadCurve.DaysAndWeeks(8);
        var fit = FallbackChain.Default.Fit(LoadCurve.Series(values[..(7 * LoadCurve.Day)]), default).Model!;
        var model = Begin(fit, 6);
        Follow(model, values.AsSpan(7 * LoadCurve.Day, 100));

        var restored = CalibratedModel.Restore(model.ToJson(), FallbackChain.Default);
        Follow(model, values.AsSpan((7 * LoadCurve.Day) + 100));
        Follow(restored, values.AsSpan((7 * LoadCurve.Day) + 100));

        var (expected, actual) = (Ask(model), Ask(restored));
        Assert.Equal(expected.Marginal, actual.Marginal);
        Assert.Equal(expected.PathMaximum, actual.PathMaximum);
        Assert.Equal(model.ToJson(), restored.ToJson());
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{\"Model\":\"direct\"}")]
    public void Restore_OfSomethingElse_SaysSo(string json) =>
        Assert.Throws<FormatException>(() => CalibratedModel.Restore(json, FallbackChain.Default));

    [Fact]
    public void Restore_OfOtherLevels_SaysSo()
    {
        var series = LoadCurve.Series(LoadCurve.DaysAndWeeks(2));
        var json = Begin(new SeasonalNaiveModel().Fit(series, default).Model!, 6).ToJson();

        Assert.Throws<FormatException>(() => CalibratedModel.Restore(
            json.Replace("\"Terms\":[1,", "\"Terms\":[", StringComparison.Ordinal), FallbackChain.Default));
    }

    [Fact]
    public void Forecast_AfterCorrections_KeepsTheLawsOfQuantiles()
    {
        var model = Begin(new KnownNoiseModel(0.9, width: 0.4, bias: -30), 6);
        Follow(model, [.. KnownNoiseModel.Series(3_000, 0.9)]);

        var forecast = Ask(model);

        for (var step = 0; step < forecast.Steps; step++)
        {
            for (var level = 0; level < forecast.Levels.Count; level++)
            {
                Assert.True(forecast.MarginalAt(step, level) >= 0);
                Assert.True(forecast.PathMaximumAt(step, level) >= forecast.MarginalAt(step, level));
                Assert.True(step == 0 || forecast.PathMaximumAt(step, level) >= forecast.PathMaximumAt(step - 1, level));
                Assert.True(level == 0 || forecast.MarginalAt(step, level) >= forecast.MarginalAt(step, level - 1));
                Assert.True(level == 0 || forecast.PathMaximumAt(step, level) >= forecast.PathMaximumAt(step, level - 1));
            }
        }
    }

    [Fact]
    public void Paths_AfterCorrections_HaveTheQuantilesOfTheirSteps()
    {
        var model = Begin(new KnownNoiseModel(0.5, width: 0.6, bias: 4), 6);
        Follow(model, [.. KnownNoiseModel.Series(3_000, 0.5)]);

        var (paths, forecast) = (model.Paths(12, default), model.Forecast(12, Levels, default));

        for (var step = 0; step < 12; step++)
        {
            double[] sorted = [.. Enumerable.Range(0, paths.Count).Select(path => paths[path][step]).Order()];
            Assert.Equal(forecast.MarginalAt(step, 1), sorted[9], 1e-6);
            Assert.Equal(forecast.MarginalAt(step, 2), sorted[49], 1e-6);
            Assert.Equal(forecast.MarginalAt(step, 4), sorted[94], 1e-6);
        }
    }

    [Fact]
    public void Forecast_OfAConstant_IsTheConstant()
    {
        double[] constant = [.. Enumerable.Repeat(7.0, 3 * LoadCurve.Day)];
        var model = Begin(new SeasonalNaiveModel().Fit(LoadCurve.Series(constant), default).Model!, 6);
        Follow(model, constant);

        Assert.All(Ask(model).PathMaximum, value => Assert.Equal(7, value, 1e-9));
    }

    [Fact]
    public void Begin_WithWhatWasLearnedBefore_GoesOnFromThere()
    {
        var before = Begin(new KnownNoiseModel(width: 0.5), 6);
        Follow(before, [.. KnownNoiseModel.Series(4_000)]);

        var after = CalibratedModel.Begin(
            new KnownNoiseModel(width: 0.5), Bounds, 6, LoadCurve.Day, before.Calibration.Save(), continues: true, default);

        Assert.Equal(Ask(before).Marginal, Ask(after).Marginal);
        Assert.True(after.Calibration.At(6).Maximum.Terms[4] > 1.2);
    }

    private static CalibratedModel Begin(IFittedModel model, int window) =>
        CalibratedModel.Begin(model, Bounds, window, LoadCurve.Day, null, continues: false, default);

    private static QuantileForecast Ask(CalibratedModel model) => model.Forecast(model.MaxHorizon, QuantileLevels.Standard, default);

    private static void Follow(CalibratedModel model, ReadOnlySpan<double> values)
    {
        foreach (var value in values)
        {
            model.Observe(value);
        }
    }

    private static (double[] Marginal, double[] Maximum) Measure(IFittedModel model, IEnumerable<double> series, int steps)
    {
        double[] values = [.. series];
        var (marginal, maximum) = (new double[Levels.Length], new double[Levels.Length]);
        var count = 0;
        for (var origin = 0; origin + steps <= values.Length; origin++)
        {
            if (origin >= Learned)
            {
                var forecast = model.Forecast(steps, Levels, default);
                var peak = values.AsSpan(origin, steps).ToArray().Max();
                for (var level = 0; level < Levels.Length; level++)
                {
                    marginal[level] += values[origin + steps - 1] <= forecast.MarginalAt(steps - 1, level) ? 1 : 0;
                    maximum[level] += peak <= forecast.PathMaximumAt(steps - 1, level) ? 1 : 0;
                }

                count++;
            }

            model.Observe(values[origin]);
        }

        return ([.. marginal.Select(hits => hits / count)], [.. maximum.Select(hits => hits / count)]);
    }

    private static double Loss(IFittedModel model, double[] values, int steps)
    {
        var loss = 0.0;
        for (var origin = 0; origin + steps <= values.Length; origin++)
        {
            var forecast = model.Forecast(steps, Levels, default);
            for (var level = 0; level < Levels.Length; level++)
            {
                loss += Pinball.Loss(values[origin + steps - 1], forecast.MarginalAt(steps - 1, level), Levels[level]);
            }

            model.Observe(values[origin]);
        }

        return loss;
    }
}
