using Maestro.Telemetry.Forecasting;

namespace Maestro.Telemetry.Tests.Forecasting;

/// <summary>Demand as firewalls see it: a day, a quieter weekend, and noise that lasts a while.</summary>
internal static class LoadCurve
{
    public const int Day = 288;
    public const int Week = 7 * Day;

    public static double[] DaysAndWeeks(int days, double noise = 0.05, int seed = 1)
    {
        var random = new Random(seed);
        var values = new double[days * Day];
        var drift = 0.0;
        for (var i = 0; i < values.Length; i++)
        {
            var day = 1 + (0.6 * Math.Sin(2 * Math.PI * (i - 100) / Day));
            var week = i / Day % 7 >= 5 ? 0.6 : 1;
            drift = (0.95 * drift) + (noise * 0.3 * Normal(random));
            values[i] = 1_000 * day * week * Math.Max(0, 1 + drift + (0.3 * noise * Normal(random)));
        }

        return values;
    }

    public static double[] WhiteNoise(int count, int seed = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => Math.Max(0, 100 + (20 * Normal(random))))];
    }

    public static TrainingSeries Series(double[] values, int horizon = Day) =>
        new() { Values = values, Periods = [Day, Week], MaxHorizon = horizon };

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
