using Maestro.Telemetry.Forecasting.Errors;

namespace Maestro.Telemetry.Forecasting.Models;

/// <summary>
/// The past forecasts of a model that was learned anew at each cut and followed the series in between. Paths must be
/// written in ascending order.
/// </summary>
internal sealed class ForwardPaths(double[] values, int[] cuts, Func<int, IRolling> learn, ErrorScale scales)
    : IPastPaths
{
    private const int WantedOrigins = 1_600;

    /// <summary>An odd number of steps apart, so that origins fall on all times of the hour.</summary>
    private readonly int _stride = cuts.Length == 0 ? 1 : Math.Max(1, (values.Length - cuts[0]) / WantedOrigins) | 1;

    private IRolling? _rolling;
    private int _part = -1;
    private int _taken;

    public int Count => cuts.Length == 0 ? 0 : (values.Length - cuts[0] + _stride - 1) / _stride;

    public int Origin(int path) => cuts[0] - 1 + (path * _stride);

    public void Write(int path, Span<double> expected, Span<double> scale)
    {
        var known = Origin(path) + 1;
        var part = _part;
        while (part + 1 < cuts.Length && cuts[part + 1] <= known)
        {
            part++;
        }

        if (part != _part)
        {
            (_part, _taken, _rolling) = (part, cuts[part], learn(cuts[part]));
        }

        for (; _taken < known; _taken++)
        {
            _rolling!.Step(values[_taken]);
        }

        _rolling!.Expect(expected);
        for (var step = 0; step < expected.Length; step++)
        {
            scale[step] = scales.At(expected[step]);
        }
    }
}
