using Maestro.Telemetry.Forecasting;

namespace Maestro.Telemetry.Tests.Forecasting.Calibration;

/// <summary>
/// Knows that the series is 100 plus noise of deviation 10 that fades by a constant factor, and forecasts just that,
/// or, as a test tells it, too narrow, too wide or beside it. Its path maximum is right for noise without memory.
/// </summary>
internal sealed class KnownNoiseModel(double memory = 0, double width = 1, double bias = 0, int longest = 24) : IFittedModel
{
    public const double Mean = 100;
    public const double Deviation = 10;

    private readonly Dictionary<double, double> _normal = [];
    private double _last;

    public string Name => "known-noise";

    public int MaxHorizon => longest;

    public void Observe(double value) => _last = double.IsNaN(value) ? memory * _last : value - Mean;

    public QuantileForecast Forecast(int steps, IReadOnlyList<double> levels, CancellationToken cancellationToken)
    {
        var marginal = new double[steps * levels.Count];
        var maximum = new double[steps * levels.Count];
        for (var step = 0; step < steps; step++)
        {
            var fade = Math.Pow(memory, step + 1);
            var centre = Mean + bias + (fade * _last);
            var deviation = width * Deviation * Math.Sqrt(1 - (fade * fade));
            for (var level = 0; level < levels.Count; level++)
            {
                var at = (step * levels.Count) + level;
                marginal[at] = centre + (deviation * Normal(levels[level]));
                maximum[at] = Math.Max(
                    centre + (deviation * Normal(Math.Pow(levels[level], 1.0 / (step + 1)))),
                    step == 0 ? 0 : maximum[at - levels.Count]);
            }
        }

        return new(levels, marginal, maximum);
    }

    public SamplePaths Paths(int steps, CancellationToken cancellationToken)
    {
        double[] levels = [.. Enumerable.Range(0, 99).Select(i => (i + 1) / 100.0)];
        var forecast = Forecast(steps, levels, cancellationToken);
        return new(
            steps,
            [.. Enumerable.Range(0, 99).SelectMany(path => Enumerable.Range(0, steps).Select(s => forecast.MarginalAt(s, path)))]);
    }

    public string ToJson() => "";

    /// <summary>What the model knows about, deviation 10 whatever the memory.</summary>
    public static IEnumerable<double> Series(int count, double memory = 0, int seed = 1)
    {
        var random = new Random(seed);
        var deviation = 0.0;
        for (var i = 0; i < count; i++)
        {
            var shock = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            deviation = (memory * deviation) + (Deviation * Math.Sqrt(1 - (memory * memory)) * shock);
            yield return Mean + deviation;
        }
    }

    private double Normal(double level)
    {
        if (!_normal.TryGetValue(level, out var z))
        {
            _normal[level] = z = Maestro.Telemetry.Forecasting.Calibration.NormalCurve.Quantile(level);
        }

        return z;
    }
}
