namespace Maestro.Telemetry.Forecasting.Gate;

/// <summary>Quantiles of the maximum of a window that is on its way.</summary>
internal sealed record PendingWindow
{
    public required int Left { get; set; }

    public required double Model { get; init; }

    public required double Naive { get; init; }

    /// <summary>The highest value since; NaN once a value was missing, since it may have been the highest.</summary>
    public double Peak { get; set; } = double.NegativeInfinity;

    /// <summary>Takes a step's value. True when the window has ended.</summary>
    public bool Take(double value)
    {
        Peak = Math.Max(Peak, value);
        Left--;
        return Left == 0;
    }
}
