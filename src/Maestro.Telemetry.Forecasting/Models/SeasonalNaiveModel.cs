namespace Maestro.Telemetry.Forecasting.Models;

/// <summary>
/// Demand repeats the last day or the last week, whichever repeated better so far. Intervals are what that missed by in
/// the past, one cycle back for steps within the first cycle, two for the second, and so on.
/// </summary>
public sealed class SeasonalNaiveModel : IForecastModel
{
    public const string ModelName = "seasonal-naive";

    public string Name => ModelName;

    public FitResult Fit(TrainingSeries series, CancellationToken cancellationToken)
    {
        var values = series.Learnable();
        var (best, least) = (0, double.PositiveInfinity);
        foreach (var period in series.Periods)
        {
            var miss = MeanMiss(values, period);
            (best, least) = miss < least ? (period, miss) : (best, least);
        }

        return best == 0
            ? FitResult.Refused($"{values.Length} steps do not hold two cycles of any known period")
            : LastCycle.Fit(Name, series, values, best, cancellationToken);
    }

    public IFittedModel Restore(string json) => LastCycle.Restore(Name, json);

    private static double MeanMiss(double[] values, int period)
    {
        if (values.Length < 2 * period)
        {
            return double.PositiveInfinity;
        }

        var (sum, count) = (0.0, 0);
        for (var i = period; i < values.Length; i++)
        {
            var miss = Math.Abs(values[i] - values[i - period]);
            (sum, count) = double.IsNaN(miss) ? (sum, count) : (sum + miss, count + 1);
        }

        return count == 0 ? double.PositiveInfinity : sum / count;
    }
}
