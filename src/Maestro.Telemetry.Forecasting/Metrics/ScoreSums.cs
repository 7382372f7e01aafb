namespace Maestro.Telemetry.Forecasting.Metrics;

/// <summary>Adds up what the metrics of a forecast are made of, step by step.</summary>
internal sealed class ScoreSums
{
    private const int Deciles = 9;

    private readonly IReadOnlyList<double> _levels;
    private readonly int[] _deciles;
    private readonly int _p025;
    private readonly int _p500;
    private readonly int _p950;
    private readonly int _p975;
    private readonly int _p990;

    private int _count;
    private double _absolute;
    private double _square;
    private double _symmetric;
    private double _quantileLoss;
    private double _loss95;
    private double _loss99;
    private double _magnitude;
    private double _interval;
    private int _within80;
    private int _within95;
    private int _below95;
    private int _below99;

    public ScoreSums(IReadOnlyList<double> levels)
    {
        _levels = levels;
        _deciles = [.. Enumerable.Range(1, Deciles).Select(decile => Find(decile / 10.0))];
        (_p025, _p500, _p950) = (Find(0.025), Find(0.5), Find(0.95));
        (_p975, _p990) = (Find(0.975), Find(0.99));
    }

    private bool HasDeciles => !_deciles.Contains(-1);

    public void Add(double actual, ReadOnlySpan<double> quantiles)
    {
        _count++;
        _magnitude += Math.Abs(actual);
        AddMedian(actual, quantiles);
        if (HasDeciles)
        {
            var loss = 0.0;
            foreach (var decile in _deciles)
            {
                loss += Pinball.Loss(actual, quantiles[decile], _levels[decile]);
            }

            _quantileLoss += 2 * loss / Deciles;
            _within80 += actual >= quantiles[_deciles[0]] && actual <= quantiles[_deciles[^1]] ? 1 : 0;
        }

        if (_p025 >= 0 && _p975 >= 0)
        {
            var (low, high) = (quantiles[_p025], quantiles[_p975]);
            _within95 += actual >= low && actual <= high ? 1 : 0;
            _interval += high - low + (40 * Math.Max(low - actual, 0)) + (40 * Math.Max(actual - high, 0));
        }

        (_loss95, _below95) = Upper(_p950, _loss95, _below95, actual, quantiles);
        (_loss99, _below99) = Upper(_p990, _loss99, _below99, actual, quantiles);
    }

    public ForecastScore Score(ErrorScale scale)
    {
        var interval = _p025 >= 0 && _p975 >= 0;
        return _count == 0 ? new() : new()
        {
            AbsoluteError = Mean(_absolute, _p500 >= 0),
            Mase = Mean(_absolute, _p500 >= 0) / scale.Absolute,
            Rmsse = Math.Sqrt(Mean(_square, _p500 >= 0)) / scale.RootSquare,
            Smape = Mean(_symmetric, _p500 >= 0),
            Scrps = Mean(_quantileLoss, HasDeciles) / scale.Absolute,
            Pinball95 = Mean(_loss95, _p950 >= 0) / scale.Absolute,
            Pinball99 = Mean(_loss99, _p990 >= 0) / scale.Absolute,
            QuantileLoss = HasDeciles ? _quantileLoss : double.NaN,
            Magnitude = _magnitude,
            Coverage80 = Mean(_within80, HasDeciles),
            Coverage95 = Mean(_within95, interval),
            Below95 = Mean(_below95, _p950 >= 0),
            Below99 = Mean(_below99, _p990 >= 0),
            Msis = Mean(_interval, interval) / scale.Absolute,
        };
    }

    private void AddMedian(double actual, ReadOnlySpan<double> quantiles)
    {
        if (_p500 >= 0)
        {
            var miss = Math.Abs(actual - quantiles[_p500]);
            var size = Math.Abs(actual) + Math.Abs(quantiles[_p500]);
            _absolute += miss;
            _square += miss * miss;
            _symmetric += size > 0 ? 200 * miss / size : 0;
        }
    }

    private (double Loss, int Below) Upper(
        int index, double loss, int below, double actual, ReadOnlySpan<double> quantiles) => index < 0
        ? (loss, below)
        : (loss + Pinball.Loss(actual, quantiles[index], _levels[index]), below + (actual <= quantiles[index] ? 1 : 0));

    private double Mean(double sum, bool known) => known ? sum / _count : double.NaN;

    private int Find(double level)
    {
        for (var i = 0; i < _levels.Count; i++)
        {
            if (Math.Abs(_levels[i] - level) < 1e-9)
            {
                return i;
            }
        }

        return -1;
    }
}
