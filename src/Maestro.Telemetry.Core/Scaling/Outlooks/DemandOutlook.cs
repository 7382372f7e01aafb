using Maestro.Telemetry.Forecasts;

namespace Maestro.Telemetry.Scaling.Outlooks;

/// <summary>
/// What a group will need in each interval ahead, by its forecasts: quantiles of the reference SGMs that carry its
/// demand at the target utilization, the worst resource at each level.
/// </summary>
internal sealed class DemandOutlook
{
    /// <summary>The time that the risk of a shortage is told for, from when an SGM that is ordered now serves.</summary>
    public static readonly TimeSpan ServedWindow = TimeSpan.FromHours(2);

    private readonly double[] _levels;
    private readonly double[] _asForecast;
    private readonly double[] _asPlanned;
    private readonly double[] _survive;

    private DemandOutlook(DateTimeOffset start, TimeSpan step, int steps, int leadStep, double[] levels)
    {
        (Start, Step, Steps, LeadStep, _levels) = (start, step, steps, leadStep, levels);
        _asForecast = new double[steps * levels.Length];
        _asPlanned = new double[steps * levels.Length];
        _survive = new double[steps];
    }

    /// <summary>The beginning of the first interval that has not ended.</summary>
    public DateTimeOffset Start { get; }

    public TimeSpan Step { get; }

    public int Steps { get; }

    /// <summary>The interval in which an SGM that is ordered now begins to serve.</summary>
    public int LeadStep { get; }

    /// <summary>The interval after the last of <see cref="ServedWindow"/>.</summary>
    public int ServedEnd => Math.Min(Steps, LeadStep + (int)Math.Ceiling(ServedWindow / Step));

    /// <summary>The quantile levels, ascending.</summary>
    public ReadOnlySpan<double> Levels => _levels;

    /// <summary>The outlook of a group; null when it has no forecast that may be relied on.</summary>
    public static DemandOutlook? Of(PlannerInput input, GroupState state)
    {
        if (state.Forecasts.IsEmpty)
        {
            return null;
        }

        var grid = state.Forecasts.Values.First();
        var first = Math.Max(0, (int)Math.Floor((input.Now - grid.Start) / grid.Step));
        var horizon = state.LeadTime + PlannerRules.Guard + state.Policy.ScaleInHorizon;
        var start = grid.Start + (grid.Step * first);
        var steps = (int)Math.Clamp(Math.Ceiling((input.Now + horizon - start) / grid.Step), 1, grid.Steps - first);
        var serves = (int)Math.Floor((input.Now + state.LeadTime + PlannerRules.Guard - start) / grid.Step);
        var outlook = new DemandOutlook(
            start, grid.Step, steps, Math.Clamp(serves, 0, steps - 1), [.. grid.Levels]);
        foreach (var (resource, forecast) in state.Forecasts)
        {
            outlook.Add(forecast, DesiredCapacity.UnitCapacity(input, resource), state.Policy);
        }

        outlook.Plan();
        return outlook;
    }

    /// <summary>The time of an interval.</summary>
    public DateTimeOffset TimeOf(int step) => Start + (Step * step);

    /// <summary>A quantile of the units needed, as it was forecast.</summary>
    public double Quantile(int step, double level) => ForecastQuantiles.Interpolate(_levels, Row(_asForecast, step), level);

    /// <summary>The probability that more than so many units are needed, as it was forecast.</summary>
    public double Exceeds(int step, double units) => Exceedance.Of(_levels, Row(_asForecast, step), units);

    /// <summary>
    /// The same as a plan has to reckon with it. When an interval that lies beyond the lead time comes near, more is
    /// known of it, and an SGM can still be ordered; so it is no less sure than the interval at the lead time.
    /// </summary>
    public double ExceedsAsPlanned(int step, double units) => Exceedance.Of(_levels, Row(_asPlanned, step), units);

    /// <summary>Reference SGMs that must be left in the interval after the loss of members.</summary>
    public double Survive(int step) => _survive[step];

    private static Span<double> Row(double[] matrix, int step, int width) => matrix.AsSpan(step * width, width);

    private Span<double> Row(double[] matrix, int step) => Row(matrix, step, _levels.Length);

    private void Add(DemandForecast forecast, double capacity, ScalingPolicy policy)
    {
        for (var step = 0; step < Steps; step++)
        {
            var from = ForecastQuantiles.StepBefore(forecast, TimeOf(step) + Step);
            var row = Row(_asForecast, step);
            for (var i = 0; i < row.Length; i++)
            {
                var demand = ForecastQuantiles.Marginal(forecast, from, _levels[i]);
                row[i] = Math.Max(row[i], demand / capacity / policy.TargetUtilization);
            }

            var left = ForecastQuantiles.Marginal(forecast, from, PlannerRules.SurviveQuantile);
            _survive[step] = Math.Max(_survive[step], left / capacity / policy.SurviveUtilization);
        }
    }

    private void Plan()
    {
        _asForecast.CopyTo(_asPlanned, 0);
        var lead = Row(_asForecast, LeadStep);
        var middle = ForecastQuantiles.Interpolate(_levels, lead, 0.5);
        for (var step = LeadStep + 1; step < Steps; step++)
        {
            var center = ForecastQuantiles.Interpolate(_levels, Row(_asForecast, step), 0.5);
            var row = Row(_asPlanned, step);
            for (var i = 0; i < row.Length; i++)
            {
                row[i] = Math.Max(0, center + lead[i] - middle);
            }
        }
    }
}
