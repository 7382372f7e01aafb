namespace Maestro.Telemetry.Forecasting.Models.Direct;

/// <summary>
/// An exponentially weighted average of each slot of a period (each minute of the day, say). Early values weigh as in
/// a plain mean, so that nothing has to be guessed to start with.
/// </summary>
internal sealed class SlotAverage(int period, double gain)
{
    private readonly int[] _counts = new int[period];

    public int Period => period;

    /// <summary>
    /// One value per step: the average of the step's slot up to and including it; NaN while nothing is known.
    /// </summary>
    public Track Values { get; } = new();

    /// <summary>Takes the next value; NaN leaves the slot as it was.</summary>
    public void Append(double value)
    {
        var at = Values.Count;
        var slot = at % period;
        var before = at < period ? double.NaN : Values[at - period];
        if (double.IsNaN(value))
        {
            Values.Add(before);
        }
        else if (double.IsNaN(before))
        {
            _counts[slot] = 1;
            Values.Add(value);
        }
        else
        {
            _counts[slot]++;
            Values.Add(before + (Math.Max(gain, 1.0 / _counts[slot]) * (value - before)));
        }
    }
}
