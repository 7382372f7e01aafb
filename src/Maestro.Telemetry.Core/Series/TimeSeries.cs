namespace Maestro.Telemetry.Series;

/// <summary>Values on a regular grid of time; NaN where nothing is known.</summary>
/// <param name="Start">The beginning of the first interval.</param>
/// <param name="Step">The length of an interval; above zero.</param>
/// <param name="Values">One value per interval.</param>
public sealed record TimeSeries(DateTimeOffset Start, TimeSpan Step, ReadOnlyMemory<double> Values)
{
    public int Count => Values.Length;

    /// <summary>The end of the last interval.</summary>
    public DateTimeOffset End => Start + (Step * Count);

    public DateTimeOffset TimeAt(int index) => Start + (Step * index);
}
