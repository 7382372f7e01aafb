using Maestro.Telemetry.Forecasting.Errors;

namespace Maestro.Telemetry.Forecasting.Models;

/// <summary>Forecasts that repeat the last cycle; a cycle of one step repeats the last value.</summary>
internal static class LastCycle
{
    private const int WantedOrigins = 1_600;

    /// <summary>Fits with errors measured on the history: two cycles ahead has the errors of two cycles.</summary>
    public static FittedLastCycle Fit(
        string name,
        TrainingSeries series,
        double[] values,
        int period,
        CancellationToken cancellationToken)
    {
        var filled = Fill(values, period);
        var scale = ErrorScale.Of(values, period, series.Bounds);
        var errors = ErrorTableBuilder.Build(
            values,
            new Paths(filled, period, scale),
            series.MaxHorizon,
            cancellationToken);
        return new(new()
        {
            Model = name,
            Cycle = filled[^period..],
            Scale = scale,
            Bounds = series.Bounds,
            Errors = errors,
        });
    }

    /// <summary>Missing values take that of the cycle before, or the last one known.</summary>
    private static double[] Fill(double[] values, int period)
    {
        var filled = new double[values.Length];
        var last = Array.Find(values, double.IsFinite);
        for (var i = 0; i < values.Length; i++)
        {
            filled[i] = !double.IsNaN(values[i]) ? values[i] : i >= period ? filled[i - period] : last;
            last = filled[i];
        }

        return filled;
    }

    private sealed class Paths(double[] filled, int period, ErrorScale scales) : IPastPaths
    {
        private readonly int _stride = Math.Max(1, (filled.Length - period) / WantedOrigins) | 1;

        public int Count => Math.Max(0, (filled.Length - period - 1 + _stride) / _stride);

        public int Origin(int path) => period - 1 + (path * _stride);

        public void Write(int path, Span<double> expected, Span<double> scale)
        {
            var cycle = filled.AsSpan(Origin(path) + 1 - period, period);
            for (var step = 0; step < expected.Length; step++)
            {
                expected[step] = cycle[step % period];
                scale[step] = scales.At(expected[step]);
            }
        }
    }
}
