using System.Collections.Immutable;
using Maestro.Telemetry.Forecasts;
using Maestro.Telemetry.Scaling;
using Maestro.Telemetry.Scaling.Learning;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Upgrades;

/// <summary>The highest demand of a group while something is out, by the forecast: a quantile, in reference SGMs.</summary>
internal sealed class WindowDemand
{
    private readonly ImmutableArray<(ResourceOutlook Outlook, double UnitCapacity)> _outlooks;
    private readonly double _level;
    private readonly TimeSpan _length;
    private readonly DateTimeOffset _measuredUntil;
    private readonly Dictionary<DateTimeOffset, double> _known = [];

    /// <param name="input">Where the outlooks are.</param>
    /// <param name="policy">The group and its quantile.</param>
    /// <param name="outlooks">Usable ones; at least one.</param>
    public WindowDemand(UpgradeInput input, ScalingPolicy policy, IEnumerable<ResourceOutlook> outlooks)
    {
        _outlooks = [.. outlooks.Select(o => (o, UnitCapacities.Of(input.UnitCapacity, o.Forecast.Resource)))];
        _level = policy.Quantile;
        _length = input.BatchTime;
        _measuredUntil = input.Now + LeadTime.Of(input.LeadTimes, policy, input.Fabric).Value;
        Step = _outlooks.Max(o => o.Outlook.Forecast.Step);
        Start = _outlooks.Max(o => o.Outlook.Forecast.Start);
        End = _outlooks.Min(o => EndOf(o.Outlook.Forecast));
    }

    /// <summary>A point of the grid on which starts are proposed.</summary>
    public DateTimeOffset Start { get; }

    public TimeSpan Step { get; }

    /// <summary>Nothing is known from then on.</summary>
    public DateTimeOffset End { get; }

    /// <summary>In units, for a window that begins at a time; infinite where the forecast does not tell.</summary>
    public double From(DateTimeOffset start)
    {
        if (!_known.TryGetValue(start, out var units))
        {
            units = _outlooks.Max(o => Of(o.Outlook, start) / o.UnitCapacity);
            _known.Add(start, units);
        }

        return units;
    }

    /// <summary>The resource that asks for most in that window.</summary>
    public Resource Binding(DateTimeOffset start) =>
        _outlooks.MaxBy(o => Of(o.Outlook, start) / o.UnitCapacity).Outlook.Forecast.Resource;

    private static DateTimeOffset EndOf(DemandForecast forecast) => forecast.Start + (forecast.Step * forecast.Steps);

    private double Of(ResourceOutlook outlook, DateTimeOffset start)
    {
        var forecast = outlook.Forecast;
        if (start + _length > EndOf(forecast))
        {
            return double.PositiveInfinity;
        }

        var first = Math.Max(0, (int)Math.Floor((start - forecast.Start) / forecast.Step));
        var last = ForecastQuantiles.StepBefore(forecast, start + _length);
        var demand = Maximum(outlook, first, last);
        return start < _measuredUntil && outlook.Measured > demand ? outlook.Measured : demand;
    }

    // Quantiles of single steps are too low for the maximum of several, the maximum from now on is too high: it holds
    // what comes before the window. The paths tell of the window itself, and never leave these two.
    private double Maximum(ResourceOutlook outlook, int first, int last)
    {
        var forecast = outlook.Forecast;
        var most = ForecastQuantiles.PathMaximum(forecast, last, _level);
        var paths = outlook.Paths.Length / forecast.Steps;
        if (first == 0 || paths == 0)
        {
            return most;
        }

        double least = 0;
        for (var step = first; step <= last; step++)
        {
            least = Math.Max(least, ForecastQuantiles.Marginal(forecast, step, _level));
        }

        var maxima = new double[paths];
        for (var path = 0; path < paths; path++)
        {
            var steps = outlook.Paths.Span.Slice((path * forecast.Steps) + first, last - first + 1);
            maxima[path] = Largest(steps);
        }

        Array.Sort(maxima);
        return Math.Min(most, Math.Max(least, maxima[Math.Min(paths - 1, (int)Math.Ceiling(_level * paths) - 1)]));
    }

    private static double Largest(ReadOnlySpan<double> values)
    {
        var largest = values[0];
        foreach (var value in values[1..])
        {
            largest = Math.Max(largest, value);
        }

        return largest;
    }
}
