namespace Maestro.Telemetry.Forecasting.Calibration;

/// <summary>Tracked quantiles that wait for what happens.</summary>
internal sealed record IssuedQuantiles
{
    /// <summary>Steps until the horizon is reached.</summary>
    public required int Left { get; set; }

    /// <summary>Of the value at the horizon.</summary>
    public required double[] Marginal { get; init; }

    /// <summary>Of the maximum up to the horizon.</summary>
    public required double[] Maximum { get; init; }

    /// <summary>The highest value since; NaN once a value was missing, since it may have been the highest.</summary>
    public double Highest { get; set; } = double.NegativeInfinity;

    /// <summary>Takes a step's value. True when the horizon is reached.</summary>
    public bool Take(double value)
    {
        Highest = Math.Max(Highest, value);
        Left--;
        return Left == 0;
    }
}
