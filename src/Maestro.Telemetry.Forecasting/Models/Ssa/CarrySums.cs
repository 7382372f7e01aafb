namespace Maestro.Telemetry.Forecasting.Models.Ssa;

/// <summary>
/// Learns how much is left, by horizon, of what the last value was off the signal: least squares, between nothing and
/// all of it, and never growing with the horizon.
/// </summary>
internal sealed class CarrySums(int[] horizons)
{
    private readonly double[] _cross = new double[horizons.Length];
    private readonly double[] _square = new double[horizons.Length];
    private double _off;
    private int _bucket;

    /// <summary>Begins a past forecast.</summary>
    /// <param name="off">What its last value was off the signal.</param>
    public void Begin(double off) => (_off, _bucket) = (off, 0);

    /// <summary>Takes what the forecast missed by; horizons ascend.</summary>
    public void Add(int horizon, double miss)
    {
        if (_bucket == horizons.Length || horizons[_bucket] != horizon)
        {
            return;
        }

        if (!double.IsNaN(miss))
        {
            _cross[_bucket] += _off * miss;
            _square[_bucket] += _off * _off;
        }

        _bucket++;
    }

    public double[] Solve()
    {
        var carry = new double[horizons.Length];
        for (var i = 0; i < carry.Length; i++)
        {
            var most = i == 0 ? 1 : carry[i - 1];
            carry[i] = _square[i] > 0 ? Math.Clamp(_cross[i] / _square[i], 0, most) : 0;
        }

        return carry;
    }
}
