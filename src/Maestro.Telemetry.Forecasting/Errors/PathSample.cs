namespace Maestro.Telemetry.Forecasting.Errors;

/// <summary>Collects the errors of some past forecasts, evenly spaced over the history, at every step.</summary>
internal sealed class PathSample
{
    private const int WantedPaths = 300;

    /// <summary>Fewer paths than this say nothing about dependence between steps.</summary>
    private const int FewestPaths = 20;

    private readonly int _longest;
    private readonly int _paths;
    private readonly int _kept;
    private readonly float[] _errors;
    private int _next;

    /// <param name="paths">The past forecasts, in ascending order of origin.</param>
    /// <param name="count">Values of the series.</param>
    /// <param name="longest">Steps of each path.</param>
    public PathSample(IPastPaths paths, int count, int longest)
    {
        _longest = longest;
        _paths = Whole(paths, count, longest);
        _kept = Math.Min(WantedPaths, _paths);
        _errors = new float[_kept * longest];
        Array.Fill(_errors, float.NaN);
    }

    /// <summary>Takes the errors of a past forecast when it is one of those wanted.</summary>
    public void Offer(int path, ReadOnlySpan<double> actual, double[] expected, double[] scale)
    {
        if (_next == _kept || path != (int)((long)_next * _paths / _kept))
        {
            return;
        }

        var row = _errors.AsSpan(_next * _longest, _longest);
        for (var step = 0; step < actual.Length; step++)
        {
            var error = actual[step] - expected[step];
            row[step] = (float)(scale[step] > 0 ? error / scale[step] : error);
        }

        _next++;
    }

    public PathRanks Rank() => _kept >= FewestPaths ? PathRanks.Of(_errors, _longest) : PathRanks.Parallel(_longest);

    /// <summary>How many of the forecasts end within the series; all of them, when those are too few.</summary>
    private static int Whole(IPastPaths paths, int count, int longest)
    {
        var whole = paths.Count;
        while (whole > 0 && paths.Origin(whole - 1) + longest >= count)
        {
            whole--;
        }

        return whole >= FewestPaths ? whole : paths.Count;
    }
}
