using Maestro.Telemetry.Server.Receivers.Skyline;

namespace Maestro.Telemetry.Server.Receivers.Assembly;

/// <summary>Combines the series of one target, of which those of the lowest rank count.</summary>
internal struct TargetSum
{
    private Combination _how;
    private int _rank;
    private int _count;
    private double _sum;
    private double _maximum;
    private double _parts;
    private double _wholes;
    private bool _isShare;
    private bool _isRatio;
    private bool _hasPart;
    private bool _lacksParts;
    private bool _isKnown;

    /// <summary>True when no series of the target has a value or is expected.</summary>
    public readonly bool IsEmpty => !_isKnown;

    /// <param name="rule">The rule of the series.</param>
    /// <param name="value">Its value; null when it has not come.</param>
    /// <param name="isExpected">Whether it should have.</param>
    public void Add(MappingRule rule, double? value, bool isExpected)
    {
        _isKnown = true;

        // Of what was not there before nobody knows whether it comes alone.
        _lacksParts |= value is null || !isExpected;
        if (value is not { } given || (_count > 0 && rule.Rank > _rank))
        {
            return;
        }

        if (_count > 0 && rule.Rank < _rank)
        {
            this = new TargetSum { _isKnown = true, _lacksParts = _lacksParts };
        }

        _rank = rule.Rank;
        _how = rule.Combine;
        _maximum = _count == 0 ? given : Math.Max(_maximum, given);
        _sum += given;
        _count++;
        _isRatio = rule.Target == MetricTarget.AccelerationRatio;
        _isShare |= rule.Role != ShareRole.Value;
        _hasPart |= rule.Role == ShareRole.Part;
        _parts += rule.Role == ShareRole.Part ? given : 0;
        _wholes += rule.Role == ShareRole.Whole ? given : 0;
    }

    public readonly TargetSum CombinedBy(Combination how) => this with { _how = how };

    /// <summary>The value; null when there is none, or when it lacks parts and may wait for them.</summary>
    public readonly double? Value(bool isClosing)
    {
        if (_count == 0 || (_lacksParts && !isClosing))
        {
            return null;
        }

        if (_isShare)
        {
            return _hasPart && _wholes > 0 ? (_isRatio ? 1 : 100) * _parts / _wholes : null;
        }

        return _how switch
        {
            Combination.Maximum => _maximum,
            Combination.Mean => _sum / _count,
            _ => _sum,
        };
    }
}
