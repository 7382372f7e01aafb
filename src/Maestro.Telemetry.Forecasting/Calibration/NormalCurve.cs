namespace Maestro.Telemetry.Forecasting.Calibration;

/// <summary>The standard normal distribution.</summary>
internal static class NormalCurve
{
    /// <summary>
    /// The share below <paramref name="z"/>, to 1e-7 (formula 26.2.17 of Abramowitz and Stegun, 1964, "Handbook of
    /// Mathematical Functions").
    /// </summary>
    public static double Share(double z)
    {
        var t = 1 / (1 + (0.2316419 * Math.Abs(z)));
        var tail = Math.Exp(-0.5 * z * z) / Math.Sqrt(2 * Math.PI)
            * t * (0.319381530 + (t * (-0.356563782 + (t * (1.781477937 + (t * (-1.821255978 + (t * 1.330274429))))))));
        return z < 0 ? tail : 1 - tail;
    }

    /// <summary>
    /// The value that a share lies below: the inverse of <see cref="Share"/>, to 1e-6 between 1e-6 and its complement.
    /// </summary>
    public static double Quantile(double share)
    {
        if (share > 0.5)
        {
            return -Quantile(1 - share);
        }

        // A first guess (formula 26.2.23), put right by Newton's method.
        var t = Math.Sqrt(-2 * Math.Log(share));
        var z = -(t - ((2.515517 + (t * (0.802853 + (t * 0.010328))))
            / (1 + (t * (1.432788 + (t * (0.189269 + (t * 0.001308))))))));
        for (var i = 0; i < 3; i++)
        {
            z -= (Share(z) - share) * Math.Sqrt(2 * Math.PI) * Math.Exp(0.5 * z * z);
        }

        return z;
    }
}
