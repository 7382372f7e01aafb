namespace Maestro.Telemetry.Replay;

/// <summary>Measures supplies of units against one demand. The oracles are solved once.</summary>
public sealed class ElasticityMeter
{
    private static readonly TimeSpan Soon = TimeSpan.FromHours(2);

    private readonly int[] _demand;
    private readonly int _first;
    private readonly TimeSpan _step;
    private readonly double _needed;
    private readonly int[] _oracle1;
    private readonly double _oracle4;
    private readonly int _moves4;
    private readonly double _oracle8;

    /// <param name="demand">Units needed at each sample; 0 where unknown.</param>
    /// <param name="first">The first sample that counts.</param>
    /// <param name="step">Time from one sample to the next.</param>
    public ElasticityMeter(ReadOnlySpan<int> demand, int first, TimeSpan step)
    {
        (_demand, _first, _step) = (demand.ToArray(), first, step);
        _oracle1 = Oracle.Solve(demand[first..], 1, step);
        var oracle4 = Oracle.Solve(demand[first..], 4, step);
        _oracle4 = Known(oracle4);
        _moves4 = Oracle.Moves(oracle4);
        _oracle8 = Known(Oracle.Solve(demand[first..], 8, step));
        _needed = Known(_demand[first..]);
    }

    /// <summary>Units of the oracle that pays a unit-hour for each change, from the first sample that counts.</summary>
    public IReadOnlyList<int> Oracle1 => _oracle1;

    /// <summary>Measures a supply whose every change is seen in it: of the oracle, say.</summary>
    /// <param name="serving">Units at each sample from the first that counts.</param>
    public ElasticityMetrics Measure(ReadOnlySpan<int> serving)
    {
        var whole = new int[_demand.Length];
        serving.CopyTo(whole.AsSpan(_first));
        var changes = new List<UnitChange>();
        for (var t = _first + 1; t < whole.Length; t++)
        {
            for (var unit = 0; unit < Math.Abs(whole[t] - whole[t - 1]); unit++)
            {
                var adds = whole[t] > whole[t - 1];
                changes.Add(new(t - 1, adds, adds ? t : int.MaxValue));
            }
        }

        return Measure(whole, changes, null);
    }

    /// <summary>Measures what became of a group.</summary>
    /// <param name="track">Who served, and what was changed.</param>
    /// <param name="bootstrap">Draws blocks for the intervals; null for none.</param>
    public ElasticityMetrics Measure(GroupTrack track, BlockBootstrap? bootstrap)
    {
        ArgumentNullException.ThrowIfNull(track);
        return Measure(track.Serving, [.. track.Changes.Where(c => c.Step >= _first)], bootstrap);
    }

    private ElasticityMetrics Measure(int[] serving, List<UnitChange> changes, BlockBootstrap? bootstrap)
    {
        var sums = default(ElasticitySums);
        for (var t = _first; t < _demand.Length; t++)
        {
            var before = t > _first;
            sums.Take(
                _demand[t], serving[t], before ? _demand[t - 1] : 0, before ? serving[t - 1] : 0);
        }

        var (late, minutes) = Lateness(serving, changes);
        var hours = _step.TotalHours;
        var days = (_demand.Length - _first) * _step.TotalDays;
        var oracle1 = Known(_oracle1);
        return new()
        {
            Samples = sums.Samples,
            UnderProvisionedPercent = Percent(sums.Under, sums.Samples),
            OverProvisionedPercent = Percent(sums.Over, sums.Samples),
            UnderProvisioningAccuracyPercent = Percent(sums.RelativeMissing, sums.Samples),
            OverProvisioningAccuracyPercent = Percent(sums.RelativeSurplus, sums.Samples),
            InstabilityPercent = Percent(sums.Apart, sums.Pairs),
            DeviationPercent = 100 * sums.Deviation,
            ViolationMinutesPerWeek = sums.Under * TimeSpan.FromDays(7).TotalMinutes / Math.Max(1, sums.Samples),
            LongestViolationMinutes = sums.LongestRun * _step.TotalMinutes,
            ShortageUnitHours = sums.Missing * hours,
            UnitHours = sums.Supply * hours,
            UnitHoursVsOracle1 = sums.Supply / oracle1,
            UnitHoursVsOracle4 = sums.Supply / _oracle4,
            UnitHoursVsOracle8 = sums.Supply / _oracle8,
            UnitHoursVsLowerBound = sums.Supply / _needed,
            SlackPercent = Percent(sums.Supply - _needed, sums.Supply),
            MovesPerDay = changes.Count / days,
            MovesVsOracle4 = _moves4 == 0 ? double.NaN : (double)changes.Count / _moves4,
            MovesPerUnitDay = changes.Count / days / Math.Max(double.Epsilon, sums.Supply / Math.Max(1, sums.Samples)),
            ReversalsPerDay = Reversals(changes) / days,
            LateAdds = late,
            LatenessMinutes = late == 0 ? 0 : minutes / late,
            WastedAdds = Wasted(changes),
            SingleLossExposurePercent = Percent(sums.Exposed, sums.Samples),
            ConnectionShareMoved = changes.Where(c => !c.Adds).Sum(c => 1.0 / Math.Max(1, serving[c.Step])),
            Intervals = bootstrap?.Of(_demand, serving, Oracle1, changes, _first, _step),
        };
    }

    private static double Percent(double part, double whole) => whole == 0 ? 0 : 100 * part / whole;

    /// <summary>The sum over samples whose demand is known.</summary>
    private double Known(int[] units)
    {
        var sum = 0.0;
        for (var i = 0; i < units.Length; i++)
        {
            sum += _demand[_first + i] > 0 ? units[i] : 0;
        }

        return sum;
    }

    /// <summary>A unit is late when it begins to serve in the middle of a shortage; as late as the shortage is old.</summary>
    private (int Count, double Minutes) Lateness(int[] serving, IReadOnlyList<UnitChange> changes)
    {
        var (count, minutes) = (0, 0.0);
        foreach (var change in changes)
        {
            var began = change.ServesFrom;
            while (change.Adds && began - 1 >= _first && began <= _demand.Length && serving[began - 1] < _demand[began - 1])
            {
                began--;
            }

            if (change.Adds && began < change.ServesFrom && change.ServesFrom <= _demand.Length)
            {
                count++;
                minutes += (change.ServesFrom - began) * _step.TotalMinutes;
            }
        }

        return (count, minutes);
    }

    private int Reversals(List<UnitChange> changes)
    {
        var reversals = 0;
        for (var i = 1; i < changes.Count; i++)
        {
            reversals += changes[i].Adds != changes[i - 1].Adds
                && (changes[i].Step - changes[i - 1].Step) * _step <= Soon ? 1 : 0;
        }

        return reversals;
    }

    /// <summary>Adds followed by a removal within two hours: the last one in goes first.</summary>
    private int Wasted(IReadOnlyList<UnitChange> changes)
    {
        var (wasted, adds) = (0, new Stack<int>());
        foreach (var change in changes)
        {
            if (change.Adds)
            {
                adds.Push(change.Step);
            }
            else if (adds.TryPop(out var added))
            {
                wasted += (change.Step - added) * _step <= Soon ? 1 : 0;
            }
        }

        return wasted;
    }
}
