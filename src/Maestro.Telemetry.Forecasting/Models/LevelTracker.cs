using System.Runtime.InteropServices;

namespace Maestro.Telemetry.Forecasting.Models;

/// <summary>
/// Follows a series: keeps the seasonal profile and the two levels up to date, looking only backwards. Fitting feeds it
/// the whole history, observing feeds it one value more: both give the same state.
/// </summary>
internal sealed class LevelTracker
{
    /// <summary>Values above this many times the expectation count as spikes when levels are computed.</summary>
    private const double SpikeFactor = 3;

    /// <summary>Steps that the slow level forgets half its past in, as a share of the cycle.</summary>
    private const double SlowHalfLife = 0.35;

    private readonly SeasonShape _shape;
    private readonly ProfileBuilder _builder;
    private readonly double _slowDecay;
    private readonly double _errorDecay;
    private readonly double[] _recentValues;
    private readonly double[] _recentProfile;
    private readonly double[] _sorted;
    private readonly List<double> _values = [];
    private readonly List<double> _filled = [];
    private SeasonalProfile _profile = SeasonalProfile.Flat(0);
    private double _slowValues;
    private double _slowProfile;
    private double _weekFollowed;
    private double _weekSpread;
    private double _lastKnown = double.NaN;
    private double _runningSum;
    private long _runningCount;
    private long _count;

    public LevelTracker(SeasonShape shape)
    {
        _shape = shape;
        _builder = new(shape);
        _slowDecay = Math.Pow(0.5, 1 / (SlowHalfLife * shape.Cycle));
        _errorDecay = Math.Pow(0.5, 1.0 / (7 * shape.Cycle));
        _recentValues = new double[shape.RecentWindow];
        _recentProfile = new double[shape.RecentWindow];
        _sorted = new double[shape.RecentWindow];
        Array.Fill(_recentValues, double.NaN);
    }

    public LevelTracker(LevelTrackerState state)
        : this(state.Shape)
    {
        _values.AddRange(MemoryMarshal.Cast<byte, double>(state.Values));
        _filled.AddRange(MemoryMarshal.Cast<byte, double>(state.Filled));
        state.RecentValues.CopyTo(_recentValues, 0);
        state.RecentProfile.CopyTo(_recentProfile, 0);
        (_profile, _count, _lastKnown) = (state.Profile, state.Count, state.LastKnown);
        (_slowValues, _slowProfile) = (state.SlowValues, state.SlowProfile);
        (_weekFollowed, _weekSpread) = (state.WeekFollowed, state.WeekSpread);
        (_runningSum, _runningCount) = (state.RunningSum, state.RunningCount);
    }

    public LevelTrackerState Save() => new()
    {
        Shape = _shape,
        Count = _count,
        Values = MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(_values)).ToArray(),
        Filled = MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(_filled)).ToArray(),
        Profile = _profile,
        SlowValues = _slowValues,
        SlowProfile = _slowProfile,
        RecentValues = [.. _recentValues],
        RecentProfile = [.. _recentProfile],
        WeekFollowed = _weekFollowed,
        WeekSpread = _weekSpread,
        LastKnown = _lastKnown,
        RunningSum = _runningSum,
        RunningCount = _runningCount,
    };

    /// <summary>Takes the next value; NaN when missing.</summary>
    public LevelPoint Step(double value)
    {
        if (_count > 0 && _count % _shape.Cycle == 0)
        {
            RenewProfile();
        }

        Remember(value);
        if (_count < _shape.Cycle && _runningCount > 0)
        {
            _profile = SeasonalProfile.Flat(_runningSum / _runningCount);
        }

        CompareProfiles(value);
        var expected = _profile.At(_count);
        FollowLevels(value, expected);
        _count++;
        return Current(value, expected);
    }

    private void RenewProfile()
    {
        var before = _profile.Mean;
        var kept = _shape.KeptCycles * _shape.Cycle;
        if (_values.Count > kept)
        {
            _values.RemoveRange(0, _values.Count - kept);
            _filled.RemoveRange(0, _filled.Count - kept);
        }

        _profile = _builder.Build(
            CollectionsMarshal.AsSpan(_values),
            CollectionsMarshal.AsSpan(_filled),
            _count - _values.Count,
            WeekShare());
        if (before > 0)
        {
            // The levels are ratios to the profile: they stay where they were in units of demand.
            _slowProfile *= _profile.Mean / before;
        }
    }

    /// <summary>
    /// The weekly profile counts from the third week on, as far as demand followed it where it differs from the daily
    /// one. Each profile was built before the values it is held against; differences count by size, not by square,
    /// so that a spike that got into a young profile does not decide.
    /// </summary>
    private double WeekShare()
    {
        if (_shape.Week == 0 || _count < 2 * _shape.Week)
        {
            return 0;
        }

        return _weekSpread > 0 ? Math.Clamp(_weekFollowed / _weekSpread, 0, 1) : 0;
    }

    private void CompareProfiles(double value)
    {
        if (_profile.Weekly.Length > 0 && !double.IsNaN(value))
        {
            var daily = _profile.Daily[_count % _shape.Cycle];
            var spread = _profile.Weekly[_count % _shape.Week] - daily;
            _weekFollowed = (_errorDecay * _weekFollowed) + ((Unspiked(value) - daily) * Math.Sign(spread));
            _weekSpread = (_errorDecay * _weekSpread) + Math.Abs(spread);
        }
    }

    private void Remember(double value)
    {
        var fill = double.IsNaN(value)
            ? _values.Count >= _shape.Cycle ? _filled[^_shape.Cycle] : _lastKnown
            : Unspiked(value);
        _values.Add(value);
        _filled.Add(double.IsNaN(fill) ? 0 : fill);
        if (!double.IsNaN(value))
        {
            _lastKnown = value;
            _runningSum += value;
            _runningCount++;
        }
    }

    /// <summary>The value, cut where it is far above anything the profile and the level explain.</summary>
    private double Unspiked(double value) => _profile.Mean > 0
        ? Math.Min(value, SpikeFactor * ((Slow() * _profile.At(_count)) + _profile.Mean))
        : value;

    private void FollowLevels(double value, double expected)
    {
        var at = (int)(_count % _recentValues.Length);
        _recentValues[at] = double.NaN;
        _recentProfile[at] = expected;
        if (!double.IsNaN(value))
        {
            _recentValues[at] = Unspiked(value);
            _slowValues = (_slowDecay * _slowValues) + _recentValues[at];
            _slowProfile = (_slowDecay * _slowProfile) + expected;
        }
    }

    private double Slow() => _slowProfile > 0 ? _slowValues / _slowProfile : 1;

    private LevelPoint Current(double value, double expected)
    {
        var slow = Slow();
        var (count, profile) = (0, 0.0);
        for (var i = 0; i < _recentValues.Length; i++)
        {
            if (!double.IsNaN(_recentValues[i]))
            {
                _sorted[count++] = _recentValues[i] - (slow * _recentProfile[i]);
                profile += _recentProfile[i];
            }
        }

        // A trimmed mean of the deviations; a tenth of the mean level keeps nights near zero from blowing up the ratio.
        var recent = slow;
        var reference = count == 0 ? 0 : (profile / count) + (0.1 * _profile.Mean);
        if (reference > 0)
        {
            var kept = _sorted.AsSpan(0, count);
            kept.Sort();
            kept = kept[(count / 6)..(count - (count / 6))];
            var sum = 0.0;
            foreach (var deviation in kept)
            {
                sum += deviation;
            }

            recent = Math.Max(0, slow + (sum / kept.Length / reference));
        }

        var excess = double.IsNaN(value) ? 0 : Unspiked(value) - (recent * expected);
        return new(_profile, _count - 1, slow, recent, excess);
    }
}
