using FsCheck;
using FsCheck.Fluent;
using Maestro.Telemetry.Forecasting;
using Maestro.Telemetry.Forecasting.Errors;
using Maestro.Telemetry.Forecasting.Models.Direct;

namespace Maestro.Telemetry.Tests.Forecasting;

/// <summary>What holds for every model and every series.</summary>
public sealed class ForecastModelLawsTests
{
    public static TheoryData<IForecastModel> Models => [.. ForecastModels.All];

    public static TheoryData<IForecastModel, int> ModelsAndDays
    {
        get
        {
            var data = new TheoryData<IForecastModel, int>();
            foreach (var days in new[] { 2, 5, 20 })
            {
                foreach (var model in ForecastModels.All)
                {
                    data.Add(model, days);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Forecast_OfAnySeries_IsFiniteNonNegativeAndDoesNotCross(IForecastModel model)
    {
        var element = Gen.Frequency(
            (6, Gen.Choose(0, 1_000).Select(value => (double)value)),
            (2, Gen.Constant(0.0)),
            (2, Gen.Constant(double.NaN)),
            (1, Gen.Choose(1, 9).Select(power => Math.Pow(10, power))),
            (1, Gen.Elements(-5.0, double.PositiveInfinity, double.NegativeInfinity, 1e-300)));
        var series = Gen.Choose(1, 400).SelectMany(count => Gen.ArrayOf(element, count)).ToArbitrary();

        Prop.ForAll(series, values =>
        {
            var fit = model.Fit(
                new() { Values = values, Periods = [24, 168], MaxHorizon = 30 },
                CancellationToken.None);
            if (fit.Model is { } fitted)
            {
                AssertSound(Forecast(fitted, 30));
                fitted.Observe(values[^1]);
                AssertSound(Forecast(fitted, 30));
            }
            else
            {
                Assert.False(string.IsNullOrEmpty(fit.Refusal));
            }
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [MemberData(nameof(ModelsAndDays))]
    public void Forecast_OfScaledDemand_IsScaledAlike(IForecastModel model, int days)
    {
        var values = LoadCurve.DaysAndWeeks(days);
        double[] scaled = [.. values.Select(value => value * 1_024)];

        var forecast = Forecast(Fit(model, values));
        var large = Forecast(Fit(model, scaled));

        AssertClose(forecast.PathMaximum.Select(value => value * 1_024), large.PathMaximum);
        AssertClose(forecast.Marginal.Select(value => value * 1_024), large.Marginal);
    }

    [Theory]
    [MemberData(nameof(ModelsAndDays))]
    public void Forecast_OfAConstant_IsThatConstant(IForecastModel model, int days)
    {
        double[] values = [.. Enumerable.Repeat(42.5, days * LoadCurve.Day)];

        var forecast = Forecast(Fit(model, values));

        Assert.All(forecast.Marginal, value => Assert.Equal(42.5, value, 1e-9));
        Assert.All(forecast.PathMaximum, value => Assert.Equal(42.5, value, 1e-9));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Forecast_OfNothingButZeros_IsZero(IForecastModel model)
    {
        var forecast = Forecast(Fit(model, new double[5 * LoadCurve.Day]));

        Assert.All(forecast.PathMaximum, value => Assert.Equal(0, value));
    }

    [Theory]
    [MemberData(nameof(ModelsAndDays))]
    public void Restore_OfASavedModel_ForecastsBitForBit(IForecastModel model, int days)
    {
        var values = LoadCurve.DaysAndWeeks(days);
        values[^5] = double.NaN;
        var fitted = Fit(model, values);
        fitted.Observe(1_234.5);
        fitted.Observe(double.NaN);

        var restored = model.Restore(fitted.ToJson());

        Assert.Equal(fitted.Name, restored.Name);
        for (var step = 0; step < 2 * LoadCurve.Day; step++)
        {
            fitted.Observe(values[step]);
            restored.Observe(values[step]);
        }

        Assert.Equal(Forecast(fitted).Marginal, Forecast(restored).Marginal);
        Assert.Equal(Forecast(fitted).PathMaximum, Forecast(restored).PathMaximum);
        Assert.Equal(
            fitted.Paths(LoadCurve.Day, CancellationToken.None).Values,
            restored.Paths(LoadCurve.Day, CancellationToken.None).Values);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Restore_OfSomethingElse_IsRefused(IForecastModel model)
    {
        Assert.Throws<FormatException>(() => model.Restore("{\"Model\":\"other\"}"));
        Assert.Throws<FormatException>(() => model.Restore("not json"));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Fit_Twice_GivesTheSameForecast(IForecastModel model)
    {
        var values = LoadCurve.DaysAndWeeks(10);

        Assert.Equal(Forecast(Fit(model, values)).PathMaximum, Forecast(Fit(model, values)).PathMaximum);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Fit_OfManySeriesInAnyOrder_GivesEachItsOwnForecast(IForecastModel model)
    {
        double[][] batch = [.. Enumerable.Range(1, 5).Select(seed => LoadCurve.DaysAndWeeks(4, 0.1, seed))];
        double[][] alone = [.. batch.Select(values => Forecast(Fit(model, values), 24).Marginal)];

        double[][] reversed = [.. batch.Reverse().AsParallel().AsOrdered()
            .Select(values => Forecast(Fit(model, values), 24).Marginal)];

        Assert.Equal(alone, reversed.Reverse());
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Fit_WhenCancelled_Stops(IForecastModel model)
    {
        var series = LoadCurve.Series(LoadCurve.DaysAndWeeks(10));

        Assert.Throws<OperationCanceledException>(() => model.Fit(series, new CancellationToken(canceled: true)));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(20)]
    public void Observe_OfRisenDemand_MovesTheForecastTheWayARefitDoes(int days)
    {
        var model = new DirectModel();
        var values = LoadCurve.DaysAndWeeks(days);
        double[] risen = [.. values.AsSpan(values.Length - LoadCurve.Day, 36).ToArray().Select(value => value * 1.5)];
        var before = Fit(model, [.. values, .. values.AsSpan(values.Length - LoadCurve.Day, 36)]);
        var observed = Fit(model, values);
        foreach (var value in risen)
        {
            observed.Observe(value);
        }

        var refitted = Fit(model, [.. values, .. risen]);

        var (was, now, refit) = (Median(before, 2), Median(observed, 2), Median(refitted, 2));
        Assert.True(now > was * 1.15, $"{was} became {now}");
        Assert.True(refit > was * 1.15, $"{was} became {refit} by a refit");
        Assert.InRange(now / refit, 0.85, 1.2);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Fit_OfMaskedValues_LearnsNothingFromThem(IForecastModel model)
    {
        var values = LoadCurve.DaysAndWeeks(10);
        var spoiled = (double[])values.Clone();
        var events = new bool[values.Length];
        for (var i = 600; i < 700; i++)
        {
            (values[i], spoiled[i], events[i]) = (double.NaN, 1e6, true);
        }

        var masked = model.Fit(LoadCurve.Series(spoiled) with { Events = events }, CancellationToken.None).Model!;

        Assert.Equal(Forecast(Fit(model, values)).PathMaximum, Forecast(masked).PathMaximum);
    }

    [Theory]
    [MemberData(nameof(ModelsAndDays))]
    public void Paths_HaveTheQuantilesOfTheForecast(IForecastModel model, int days)
    {
        var fitted = Fit(model, LoadCurve.DaysAndWeeks(days));
        var forecast = Forecast(fitted);

        var paths = fitted.Paths(LoadCurve.Day, CancellationToken.None);

        Assert.Equal(LoadCurve.Day, paths.Steps);
        Assert.InRange(paths.Count, 20, 400);
        foreach (var step in new[] { 0, 5, 11, 71, 287 })
        {
            var sorted = Sorted(paths, path => path[step]);
            foreach (var level in new[] { 1, 5, 9 })
            {
                var tolerance = 0.1 * (forecast.MarginalAt(step, 11) - forecast.MarginalAt(step, 0));
                Assert.Equal(
                    forecast.MarginalAt(step, level),
                    Quantiles.OfSorted(sorted, forecast.Levels[level]),
                    tolerance + 1e-9);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Paths_HaveTheMaximaOfTheForecast(IForecastModel model)
    {
        var fitted = Fit(model, LoadCurve.DaysAndWeeks(28));
        var forecast = Forecast(fitted);

        var paths = fitted.Paths(LoadCurve.Day, CancellationToken.None);

        foreach (var window in new[] { 1, 6, 12, 48 })
        {
            var sorted = Sorted(paths, path => path[..window].ToArray().Max());
            var spread = forecast.PathMaximumAt(window - 1, 11) - forecast.PathMaximumAt(window - 1, 0);
            foreach (var level in new[] { 5, 9, 10 })
            {
                Assert.Equal(
                    forecast.PathMaximumAt(window - 1, level),
                    Quantiles.OfSorted(sorted, forecast.Levels[level]),
                    (0.3 * spread) + 1e-9);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Forecast_OfAPercentage_StaysWithinItsBounds(IForecastModel model)
    {
        double[] values = [.. LoadCurve.DaysAndWeeks(10, 0.3).Select(value => Math.Clamp(value / 15, 5, 100))];
        var series = LoadCurve.Series(values) with { Lowest = 5, Highest = 100 };
        var fitted = model.Restore(model.Fit(series, CancellationToken.None).Model!.ToJson());
        fitted.Observe(1);

        var forecast = Forecast(fitted);

        Assert.All(forecast.Marginal, value => Assert.InRange(value, 5, 100));
        Assert.All(forecast.PathMaximum, value => Assert.InRange(value, 5, 100));
        Assert.All(fitted.Paths(LoadCurve.Day, CancellationToken.None).Values, value => Assert.InRange(value, 5, 100));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Forecast_OfShiftedDemandThatMayBeNegative_IsShiftedAlike(IForecastModel model)
    {
        var values = LoadCurve.DaysAndWeeks(10);
        double[] lower = [.. values.Select(value => value - 4_096)];
        var unbounded = LoadCurve.Series(values) with { Lowest = double.NegativeInfinity };
        var fitted = model.Fit(unbounded, CancellationToken.None).Model!;
        fitted.Observe(1_000);

        var shifted = model.Fit(unbounded with { Values = lower }, CancellationToken.None).Model!;
        shifted.Observe(1_000 - 4_096);
        AssertClose(Forecast(fitted).Marginal.Select(value => value - 4_096), Forecast(shifted).Marginal);
        AssertClose(Forecast(fitted).PathMaximum.Select(value => value - 4_096), Forecast(shifted).PathMaximum);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Forecast_OutsideTheFittedHorizon_IsRefused(IForecastModel model)
    {
        var fitted = Fit(model, LoadCurve.DaysAndWeeks(3));

        Assert.Throws<ArgumentOutOfRangeException>(() => Forecast(fitted, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Forecast(fitted, LoadCurve.Day + 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => fitted.Paths(0, CancellationToken.None));
        Assert.Throws<ArgumentOutOfRangeException>(() => fitted.Paths(LoadCurve.Day + 1, CancellationToken.None));
        Assert.Throws<ArgumentException>(() => fitted.Forecast(1, [0.9, 0.5], CancellationToken.None));
    }

    internal static IFittedModel Fit(IForecastModel model, double[] values) =>
        model.Fit(LoadCurve.Series(values), CancellationToken.None).Model!;

    internal static QuantileForecast Forecast(IFittedModel model, int steps = LoadCurve.Day) =>
        model.Forecast(steps, QuantileLevels.Standard, CancellationToken.None);

    internal static double Median(IFittedModel model, int step) =>
        model.Forecast(step, [0.5], CancellationToken.None).MarginalAt(step - 1, 0);

    private static double[] Sorted(SamplePaths paths, Func<ReadOnlySpan<double>, double> of)
    {
        double[] values = [.. Enumerable.Range(0, paths.Count).Select(path => of(paths[path]))];
        Array.Sort(values);
        return values;
    }

    private static void AssertSound(QuantileForecast forecast)
    {
        for (var step = 0; step < forecast.Steps; step++)
        {
            for (var level = 0; level < forecast.Levels.Count; level++)
            {
                var (marginal, maximum) = (forecast.MarginalAt(step, level), forecast.PathMaximumAt(step, level));
                Assert.True(double.IsFinite(marginal) && marginal >= 0, $"marginal {marginal}");
                Assert.True(double.IsFinite(maximum) && maximum >= marginal, $"{maximum} below {marginal}");
                Assert.True(step == 0 || maximum >= forecast.PathMaximumAt(step - 1, level), "the maximum falls");
                Assert.True(level == 0 || marginal >= forecast.MarginalAt(step, level - 1), "marginals cross");
                Assert.True(level == 0 || maximum >= forecast.PathMaximumAt(step, level - 1), "maxima cross");
            }
        }
    }

    private static void AssertClose(IEnumerable<double> expected, double[] actual) =>
        Assert.All(
            expected.Zip(actual),
            pair => Assert.Equal(pair.First, pair.Second, 1e-6 * Math.Max(1, Math.Abs(pair.First))));
}
