namespace Maestro.Telemetry.Forecasting.Gate;

/// <summary>Quantiles of the maximum of a window that is on its way.</summary>
internal sealed record PendingWindow
{
    public required int Left { get; set; }

    public required double Model { get; init; }

    public required double Naive { get; init; }

    /// <summary>The values since.</summary>
    public WindowPeak Seen { get; set; }

    /// <summary>Takes a step's value. True when the window has ended.</summary>
    public bool Take(double value)
    {
        Seen = Seen.With(value);
        Left--;
        return Left == 0;
    }
}
