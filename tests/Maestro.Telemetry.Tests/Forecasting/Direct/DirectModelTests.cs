using Maestro.Telemetry.Forecasting;
using Maestro.Telemetry.Forecasting.Models.Direct;
using static Maestro.Telemetry.Tests.Forecasting.Direct.DirectCurve;

namespace Maestro.Telemetry.Tests.Forecasting.Direct;

public sealed class DirectModelTests
{
    public static TheoryData<IForecastModel> Both => Models;

    [Theory]
    [MemberData(nameof(Both))]
    public void Forecast_OfALoneOutlier_IsHardlyChanged(IForecastModel model)
    {
        var values = Days(288, 4);
        var clean = Forecast(model, History(values, 288, 24));
        foreach (var back in new[] { 3, 30, 288, 500 })
        {
            var spiked = (double[])values.Clone();
            spiked[^back] *= 8;

            var forecast = Forecast(model, History(spiked, 288, 24));

            Assert.All(
                Enumerable.Range(0, 24),
                step => Assert.InRange(forecast.MarginalAt(step, 5) / clean.MarginalAt(step, 5), 0.97, 1.03));
        }
    }

    [Theory]
    [MemberData(nameof(Both))]
    public void Observe_OfALoneOutlier_HardlyChangesTheForecast(IForecastModel model)
    {
        var (plain, spiked) = (Fit(model, History(Days(288, 4), 288, 24)), Fit(model, History(Days(288, 4), 288, 24)));
        plain.Observe(100);
        spiked.Observe(2_000);

        var (expected, actual) = (Forecast(plain), Forecast(spiked));

        Assert.All(
            Enumerable.Range(0, 24),
            step => Assert.InRange(actual.MarginalAt(step, 5) / expected.MarginalAt(step, 5), 0.93, 1.07));
    }

    [Theory]
    [MemberData(nameof(Both))]
    public void Forecast_OfASuddenLastingRise_FollowsIt(IForecastModel model)
    {
        var values = Days(288, 7);
        var before = Forecast(model, History(values, 288));
        for (var t = values.Length - 72; t < values.Length; t++)
        {
            values[t] *= 1.5;
        }

        var after = Forecast(model, History(values, 288));

        Assert.All(
            Enumerable.Range(0, 288),
            step => Assert.InRange(after.MarginalAt(step, 5) / before.MarginalAt(step, 5), 1.35, 1.65));
    }

    [Fact]
    public void Find_OfASuddenLastingRise_SaysWhereAndHowMuch()
    {
        var values = Days(288, 7);
        for (var t = values.Length - 72; t < values.Length; t++)
        {
            values[t] *= 1.5;
        }

        var shift = LevelShift.Find(values, SeasonLayout.For(History(values, 288), values.Length));

        Assert.InRange(values.Length - shift!.Value.At, 69, 75);
        Assert.InRange(shift.Value.Ratio, 1.4, 1.6);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Find_OfASlowChangeOrNone_FindsNothing(int kind)
    {
        var values = Days(288, 7);
        for (var t = 0; t < values.Length; t++)
        {
            var share = Math.Clamp((t - (values.Length - 216)) / 96.0, 0, 1);
            values[t] *= kind switch
            {
                0 => 1,
                1 => 1 - (0.5 * share),
                _ => t == values.Length - 20 ? 5 : 1,
            };
        }

        Assert.Null(LevelShift.Find(values, SeasonLayout.For(History(values, 288), values.Length)));
    }

    [Theory]
    [MemberData(nameof(Both))]
    public void Forecast_OfSaturatedValues_IsNotPulledDownByThem(IForecastModel model)
    {
        var values = Days(24, 14);
        var truth = Level(Forecast(model, History(values)));
        double[] capped = [.. values.Select(value => Math.Min(value, 110))];
        bool[] saturated = [.. values.Select(value => value > 110)];
        saturated.AsSpan(0, 24 * 7).Clear();
        values.AsSpan(0, 24 * 7).CopyTo(capped);

        var plain = Level(Forecast(model, History(capped)));
        var masked = Level(Forecast(model, History(capped) with { Saturated = saturated }));

        Assert.True(plain < truth, $"{plain} of {truth}");
        Assert.True(masked > plain + (0.1 * (truth - plain)), $"{masked} between {plain} and {truth}");
    }

    [Theory]
    [MemberData(nameof(Both))]
    public void Fit_OfMaskedValues_IsThatOfMissingOnes(IForecastModel model)
    {
        var values = Days(24, 14);
        var (spoiled, missing) = ((double[])values.Clone(), (double[])values.Clone());
        var events = new bool[values.Length];
        for (var t = 250; t < 262; t++)
        {
            (spoiled[t], missing[t], events[t]) = (5_000, double.NaN, true);
        }

        var masked = Forecast(model, History(spoiled) with { Events = events });

        Assert.Equal(Forecast(model, History(missing)).Marginal, masked.Marginal);
        Assert.Equal(Forecast(model, History(missing)).PathMaximum, masked.PathMaximum);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public void Intervals_OfNoise_HoldWhatTheySay(IForecastModel model)
    {
        var (inside, all) = (0, 0);
        for (var seed = 1; seed <= 6; seed++)
        {
            var values = Days(24, 40, 0.2, seed);
            var fitted = Fit(model, History(values[..(24 * 28)]));
            for (var t = 24 * 28; t < values.Length - 24; t++)
            {
                if (t % 8 == 0)
                {
                    var forecast = Forecast(fitted);
                    for (var step = 0; step < 24; step += 6)
                    {
                        var value = values[t + step];
                        var (low, high) = (forecast.MarginalAt(step, 1), forecast.MarginalAt(step, 9));
                        inside += value >= low && value <= high ? 1 : 0;
                        all++;
                    }
                }

                fitted.Observe(values[t]);
            }
        }

        Assert.InRange((double)inside / all, 0.75, 0.95);
    }

    [Fact]
    public void Append_OneByOneAfterForgetting_KnowsWhatTheWholeSeriesTells()
    {
        var values = Days(96, 12);
        var layout = SeasonLayout.For(History(values, 96), values.Length);
        var (whole, followed) = (new SeriesTracks(layout), new SeriesTracks(layout));
        for (var t = 0; t < values.Length; t++)
        {
            var value = t % 37 == 5 ? double.NaN : values[t];
            whole.Append(value, isOutlier: false);
            followed.Append(value, isOutlier: false);
            if (t == 96 * 8)
            {
                followed.ForgetPast();
            }
        }

        foreach (var horizon in new[] { 1, 13, 96, 150 })
        {
            for (var k = 0; k < whole.Columns.Count; k++)
            {
                var at = whole.Count - 1 + whole.Columns[k].Offset(horizon);
                Assert.Equal(whole.Columns[k].Read(at, 77), followed.Columns[k].Read(at, 77));
            }

            var (expected, actual) = (new double[ErrorSpread.Features], new double[ErrorSpread.Features]);
            ErrorSpread.Read(whole, whole.Count - 1, horizon, 3, expected);
            ErrorSpread.Read(followed, whole.Count - 1, horizon, 3, actual);
            Assert.Equal(expected, actual);
        }

        Assert.True(followed.Base.Track.Span.Length < whole.Base.Track.Span.Length);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public void Observe_OfValues_ForecastsAsWellAsAnewFit(IForecastModel model)
    {
        var values = Days(24, 21);
        var followed = Fit(model, History(values[..(24 * 20)]));
        foreach (var value in values.AsSpan(24 * 20))
        {
            followed.Observe(value);
        }

        var (expected, actual) = (Forecast(model, History(values)), Forecast(followed));

        Assert.All(
            Enumerable.Range(0, 24),
            step => Assert.InRange(actual.MarginalAt(step, 5) / expected.MarginalAt(step, 5), 0.97, 1.03));
    }

    [Fact]
    public void Fit_WhenCancelledOnTheWay_Stops()
    {
        using var stop = new CancellationTokenSource();
        var series = History(Days(288, 14), 288);
        var fitted = Fit(DirectModel.Lite, series);

        stop.Cancel();

        Assert.Throws<OperationCanceledException>(() => new DirectModel().Fit(series, stop.Token));
        Assert.Throws<OperationCanceledException>(() => fitted.Forecast(5, [0.5], stop.Token));
        Assert.Throws<OperationCanceledException>(() => fitted.Paths(5, stop.Token));
    }
}
