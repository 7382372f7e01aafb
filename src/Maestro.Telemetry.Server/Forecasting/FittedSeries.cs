using Maestro.Telemetry.Forecasting;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Server.Forecasting;

/// <summary>A fitted model that follows its series.</summary>
/// <param name="prepared">The model.</param>
/// <param name="fittedAt">When it was fitted.</param>
internal sealed class FittedSeries(PreparedForecast prepared, DateTimeOffset fittedAt)
{
    public PreparedForecast Prepared => prepared;

    public DateTimeOffset FittedAt { get; } = fittedAt;

    /// <summary>When it was last tried to fit it anew.</summary>
    public DateTimeOffset TriedAt { get; set; } = fittedAt;

    public bool IsOld(DateTimeOffset now, TimeSpan limit) => now - TriedAt >= limit;

    /// <summary>
    /// Shows the model what is new. False when the series no longer continues what the model has seen, or when the
    /// clock was changed since.
    /// </summary>
    public bool Follow(TimeSeries series)
    {
        var next = (prepared.Next - series.Start) / series.Step;
        if (next < 0 || next > series.Count || prepared.IsClockChangedBefore(series.End))
        {
            return false;
        }

        for (var i = (int)next; i < series.Count; i++)
        {
            prepared.Observe(series.Values.Span[i]);
        }

        return true;
    }
}
