namespace Maestro.Telemetry.Forecasting.Models.Direct;

/// <summary>What was learned for one horizon. Coefficients are of the intercept and the features, in scales.</summary>
internal sealed record KnotFit
{
    /// <summary>Steps ahead.</summary>
    public required int Horizon { get; init; }

    /// <summary>Of the median.</summary>
    public required double[] Centre { get; init; }

    /// <summary>Of the 10 % quantile; empty without quantile regression.</summary>
    public required double[] Low { get; init; }

    /// <summary>Of the 90 % quantile; empty without quantile regression.</summary>
    public required double[] High { get; init; }

    /// <summary>How the size of errors follows from the spread features, and its floor.</summary>
    public required double[] Spread { get; init; }

    /// <summary>Quantiles of errors relative to their expected size, on the level grid.</summary>
    public required double[] Errors { get; init; }
}
