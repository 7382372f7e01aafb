namespace Maestro.Telemetry.Forecasting.Models.Direct;

/// <summary>A fitted autoregression.</summary>
internal sealed record AutoregressionState
{
    /// <summary>Oldest lag first.</summary>
    public required double[] Coefficients { get; init; }

    /// <summary>Taken from values before, and added after.</summary>
    public required double Mean { get; init; }

    /// <summary>Values below count as this.</summary>
    public required double Low { get; init; }

    /// <summary>Values above count as this.</summary>
    public required double High { get; init; }

    /// <summary>Forecasts farther than this from the mean are cut.</summary>
    public required double Limit { get; init; }
}
