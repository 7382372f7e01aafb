namespace Maestro.Telemetry.Forecasting.Models.Direct;

/// <summary>Everything that is known of a series at each of its steps, from that step and those before only.</summary>
internal sealed class SeriesTracks
{
    private static readonly double[] ResidualGains = [1, 0.3, 0.06, 0.01];
    private static readonly double[] LevelGains = [1, 0.1, 0.01];
    private static readonly double[] RatioGains = [0.3, 0.06, 0.01];

    /// <summary>More than the lags of an autoregression, and than the window of a centred mean.</summary>
    private const int Recent = 256;

    private readonly int _smoothing;
    private readonly SlotAverage _base;
    private readonly SlotAverage? _smooth;
    private readonly List<SlotAverage> _slots = [];
    private readonly Average[] _residuals = [.. ResidualGains.Select(static gain => new Average(gain))];
    private readonly Average[] _levels = [.. LevelGains.Select(static gain => new Average(gain))];
    private readonly RatioAverage[] _ratios;
    private readonly Average _quickSpread = new(0.15);
    private readonly Average _slowSpread = new(0.01);
    private readonly SlotAverage _slotSpread;
    private readonly Track _filled = new();
    private readonly Track _change1 = new();
    private readonly Track _change6 = new();
    private readonly Track _deviation = new();

    public SeriesTracks(SeasonLayout layout)
    {
        Day = layout.Day;
        _smoothing = layout.Smoothing;
        _base = new(Day, 0.2);
        _smooth = _smoothing > 0 ? new(Day, 0.2) : null;
        _slotSpread = new(Day, 0.2);
        _ratios = layout.HasZero ? [.. RatioGains.Select(static gain => new RatioAverage(gain))] : [];
        Columns = [.. SlotColumns(layout), .. OriginColumns()];
        Base = new(_base.Values, Day, 0, FeatureKind.Level);
        SlotSpread = new(_slotSpread.Values, Day, (4 * _smoothing) + 2, FeatureKind.Difference);
    }

    public int Day { get; }

    /// <summary>Steps so far.</summary>
    public int Count => Values.Count;

    /// <summary>The series; NaN where missing.</summary>
    public Track Values { get; } = new();

    /// <summary>The series without its outliers.</summary>
    public Track Cleaned { get; } = new();

    /// <summary>The features.</summary>
    public IReadOnlyList<FeatureColumn> Columns { get; }

    /// <summary>The expectation that features and targets are relative to.</summary>
    public FeatureColumn Base { get; }

    /// <summary>Stands in where the base is not known.</summary>
    public Track Fallback => _levels[^1].Values;

    /// <summary>How far values have lately been from what was expected.</summary>
    public Track QuickSpread => _quickSpread.Values;

    /// <summary>The same over a longer time.</summary>
    public Track SlowSpread => _slowSpread.Values;

    /// <summary>The same at the time of day of the target.</summary>
    public FeatureColumn SlotSpread { get; }

    /// <summary>Takes the next value, and tells whether it is an outlier by those before it.</summary>
    /// <param name="value">NaN when missing.</param>
    /// <param name="filter">Tells outliers.</param>
    public bool Append(double value, OutlierFilter filter)
    {
        Values.Add(value);
        var isOutlier = filter.IsOutlier(Values.Span, Count - 1);
        Learn(isOutlier ? double.NaN : value);
        return isOutlier;
    }

    /// <summary>Takes the next value.</summary>
    /// <param name="value">NaN when missing.</param>
    /// <param name="isOutlier">True when nothing is to be carried on from it.</param>
    public void Append(double value, bool isOutlier)
    {
        Values.Add(value);
        Learn(isOutlier ? double.NaN : value);
    }

    /// <summary>
    /// Forgets what is not needed to follow the series and to forecast from its end. The series itself stays.
    /// </summary>
    public void ForgetPast()
    {
        foreach (var column in (IEnumerable<FeatureColumn>)[Base, SlotSpread, .. Columns])
        {
            column.Track.Forget(column.Period + column.Lead + 1);
        }

        foreach (var track in (Track[])[Cleaned, QuickSpread, SlowSpread, _filled, _deviation])
        {
            track.Forget(Recent);
        }
    }

    /// <param name="cleaned">The newest value; NaN when missing or an outlier.</param>
    private void Learn(double cleaned)
    {
        var at = Count - 1;
        var expected = at < Day ? double.NaN : _base.Values[at - Day];
        Cleaned.Add(cleaned);
        _base.Append(cleaned);
        foreach (var slot in _slots)
        {
            slot.Append(cleaned);
        }

        foreach (var level in _levels)
        {
            level.Append(cleaned);
        }

        var residual = cleaned - expected;
        foreach (var average in _residuals)
        {
            average.Append(residual);
        }

        foreach (var ratio in _ratios)
        {
            ratio.Append(residual, expected);
        }

        AppendSpread(at, Math.Abs(residual - _residuals[^1].Values[at]));
        AppendChanges(at, cleaned);

        // A centred mean is known only when its right half is.
        if (_smooth is not null && at >= _smoothing)
        {
            _smooth.Append(CentredMean(Cleaned, at - _smoothing, _smoothing));
        }
    }

    private IEnumerable<FeatureColumn> SlotColumns(SeasonLayout layout)
    {
        yield return Slot(Day, 0.9);
        yield return Slot(Day, 0.5);
        if (layout.Week > 0)
        {
            yield return Slot(layout.Week, 0.4);
        }

        if (_smooth is not null)
        {
            yield return new(_smooth.Values, Day, _smoothing, FeatureKind.Level);
        }

        if (layout.Hour > 0)
        {
            yield return Slot(layout.Hour, 0.1);
            yield return Slot(layout.Hour, 0.35);
            yield return Slot(layout.Hour, 0.9);
        }
    }

    private IEnumerable<FeatureColumn> OriginColumns() =>
    [
        .. _residuals.Select(static average => FeatureColumn.AtOrigin(average.Values, FeatureKind.Difference)),
        .. _levels.Select(static average => FeatureColumn.AtOrigin(average.Values, FeatureKind.Level)),
        FeatureColumn.AtOrigin(_change1, FeatureKind.Difference),
        FeatureColumn.AtOrigin(_change6, FeatureKind.Difference),
        .. _ratios.Select(static ratio => FeatureColumn.AtOrigin(ratio.Values, FeatureKind.Ratio)),
    ];

    private FeatureColumn Slot(int period, double gain)
    {
        var slot = new SlotAverage(period, gain);
        _slots.Add(slot);
        return new(slot.Values, period, 0, FeatureKind.Level);
    }

    private void AppendSpread(int at, double deviation)
    {
        _deviation.Add(deviation);
        _quickSpread.Append(deviation);
        _slowSpread.Append(deviation);
        var radius = (3 * _smoothing) + 2;
        if (at >= radius)
        {
            _slotSpread.Append(CentredMean(_deviation, at - radius, radius));
        }
    }

    private void AppendChanges(int at, double value)
    {
        var filled = !double.IsNaN(value) || at == 0 ? value : _filled[at - 1];
        _filled.Add(filled);
        _change1.Add(Known(filled - _filled[Math.Max(0, at - 1)]));
        _change6.Add(Known(filled - _filled[Math.Max(0, at - 6)]));

        static double Known(double change) => double.IsNaN(change) ? 0 : change;
    }

    private static double CentredMean(Track track, int centre, int radius)
    {
        var (sum, count) = (0.0, 0);
        for (var i = Math.Max(0, centre - radius); i <= centre + radius; i++)
        {
            if (!double.IsNaN(track[i]))
            {
                sum += track[i];
                count++;
            }
        }

        return count == 0 ? double.NaN : sum / count;
    }
}
