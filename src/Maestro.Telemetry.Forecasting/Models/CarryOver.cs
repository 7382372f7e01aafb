using Maestro.Telemetry.Forecasting.Errors;

namespace Maestro.Telemetry.Forecasting.Models;

/// <summary>How much of today's deviation from the profile is left after some steps, by horizon.</summary>
internal sealed record CarryOver
{
    public required int[] Horizons { get; init; }

    /// <summary>What is left of the slow level's deviation from the profile; one per horizon.</summary>
    public required double[] Slow { get; init; }

    /// <summary>What is left of the recent level's deviation from the slow one; one per horizon.</summary>
    public required double[] Recent { get; init; }

    /// <summary>What is left of the last value's deviation from the recent level; one per horizon.</summary>
    public required double[] Excess { get; init; }

    public void Write(in LevelPoint point, Span<double> expected, Span<double> scale)
    {
        for (var step = 0; step < expected.Length; step++)
        {
            var (bucket, share) = HorizonBuckets.Locate(Horizons, step + 1);
            var slow = Interpolate(Slow, bucket, share);
            var recent = Interpolate(Recent, bucket, share);
            var excess = Interpolate(Excess, bucket, share);
            expected[step] = point.Expect(point.Profile.At(point.Index + step + 1), slow, recent, excess);
            scale[step] = point.Scale(expected[step]);
        }
    }

    private static double Interpolate(double[] values, int bucket, double share) =>
        share == 0 ? values[bucket] : values[bucket] + (share * (values[bucket + 1] - values[bucket]));
}
