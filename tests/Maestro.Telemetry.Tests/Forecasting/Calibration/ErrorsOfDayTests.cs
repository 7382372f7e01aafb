using FsCheck;
using FsCheck.Fluent;
using Maestro.Telemetry.Forecasting;
using Maestro.Telemetry.Forecasting.Calibration;

namespace Maestro.Telemetry.Tests.Forecasting.Calibration;

public sealed class ErrorsOfDayTests
{
    private const int Day = 288;
    private const int Window = 6;

    [Fact]
    public void Width_WhereForecastsErrMore_IsWiderAndElsewhereNarrower()
    {
        var errors = Begin();
        Follow(errors, 5 * Day, static t => Size(t));

        Assert.Equal(Math.Sqrt(2 / Usual), errors.Width(Day / 2), 1e-3);
        Assert.Equal(Math.Sqrt(0.5 / Usual), errors.Width(Day / 4), 1e-3);
    }

    [Fact]
    public void Width_WhenErrorsAreTheSameAtAllTimes_IsOne()
    {
        var errors = Begin();
        Follow(errors, 3 * Day, static t => 2);

        Assert.All(Enumerable.Range(0, Day), step => Assert.Equal(1, errors.Width(step), 1e-9));
    }

    [Fact]
    public void Width_AfterOneBadDay_FallsBackDayByDay()
    {
        var errors = Begin();
        Follow(errors, 3 * Day, static _ => 0.5);
        Follow(errors, Day, static t => Size(t));
        var next = errors.Width(Day / 2);
        Follow(errors, Day, static _ => 0.5);

        Assert.InRange(next, 1.2, 1.3);
        Assert.InRange(errors.Width(Day / 2), 1.1, next - 0.01);
    }

    [Fact]
    public void Width_OfASingleAccident_HardlyChanges()
    {
        var errors = Begin();
        Follow(errors, 3 * Day, static t => t == (2 * Day) + 100 ? 1e6 : 1);

        Assert.InRange(errors.Width(100), 1, 1.05);
    }

    [Fact]
    public void Width_WithoutASeasonOrADoubt_IsOne()
    {
        var none = new ErrorsOfDay(ErrorsOfDayState.Of(0), Window, keepWaiting: true);
        Follow(none, 2 * Day, static t => Size(t));
        var certain = Begin();
        Follow(certain, 2 * Day, static t => Size(t), deviation: 0);

        Assert.Equal(1, none.Width(3));
        Assert.Equal(1, certain.Width(3));
    }

    [Fact]
    public void Observe_OfMissingValues_LeavesTheTimeAsItWas()
    {
        var errors = Begin();
        Follow(errors, 3 * Day, static t => Size(t));
        var before = errors.Width(Day / 2);
        Follow(errors, 2 * Day, static _ => double.NaN);

        Assert.Equal(before, errors.Width(Day / 2), 0.05);
    }

    [Fact]
    public void Back_OfAStateThatIsAhead_FindsTheSameTimes()
    {
        var errors = Begin();
        Follow(errors, 4 * Day, static t => Size(t));
        Follow(errors, 10, static t => Size(t));

        var back = new ErrorsOfDay(errors.Save().Back(10), Window, keepWaiting: false);

        Assert.Equal(errors.Width((Day / 2) - 10), back.Width(Day / 2));
    }

    [Fact]
    public void State_OfAnImpossibleTime_IsRefused() => Assert.Throws<FormatException>(
        () => new ErrorsOfDay(ErrorsOfDayState.Of(Day) with { Slot = Day }, Window, keepWaiting: true));

    [Fact]
    public void Width_OfAnySeries_StaysWithinItsBoundsAndIsTheSameAfterARestart() => Prop.ForAll(
        ArbMap.Default.ArbFor<int[]>(),
        values =>
        {
            var errors = new ErrorsOfDay(ErrorsOfDayState.Of(5), 2, keepWaiting: true);
            Feed(errors, values);
            var restored = new ErrorsOfDay(errors.Save(), 2, keepWaiting: true);
            Feed(errors, values);
            Feed(restored, values);

            return Enumerable.Range(0, 12).All(
                step => errors.Width(step) is >= 1.0 / 3 and <= 3 && errors.Width(step).Equals(restored.Width(step)));

            static void Feed(ErrorsOfDay errors, int[] values)
            {
                foreach (var value in values)
                {
                    errors.Issue(Raw(1));
                    errors.Observe(value % 7 == 0 ? double.NaN : value);
                }
            }
        }).QuickCheckThrowOnFailure();

    /// <summary>The mean of <see cref="Size"/> over a day, as it is when half an hour around a time counts for it.</summary>
    private const double Usual = ((24 * 2) + ((Day - 24) * 0.5)) / Day;

    /// <summary>Two hours at noon are hard.</summary>
    private static double Size(int t) => Math.Abs((t % Day) - (Day / 2)) < 12 || t % Day == (Day / 2) - 12 ? 2 : 0.5;

    private static ErrorsOfDay Begin() => new(ErrorsOfDayState.Of(Day), Window, keepWaiting: true);

    private static void Follow(ErrorsOfDay errors, int steps, Func<int, double> size, double deviation = 1)
    {
        for (var t = 0; t < steps; t++)
        {
            errors.Issue(Raw(deviation));
            errors.Observe(100 + (t % 2 == 0 ? size(t) : -size(t)));
        }
    }

    private static QuantileForecast Raw(double deviation)
    {
        double[] row = [.. TrackedLevels.Scores.Select(score => 100 + (deviation * score))];
        double[] rows = [.. Enumerable.Repeat(row, Window).SelectMany(static one => one)];
        return new(TrackedLevels.All, rows, rows);
    }
}
