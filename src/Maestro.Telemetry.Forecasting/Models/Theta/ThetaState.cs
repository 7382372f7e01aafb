namespace Maestro.Telemetry.Forecasting.Models.Theta;

/// <summary>All that a <see cref="ThetaLine"/> remembers.</summary>
internal sealed record ThetaState
{
    /// <summary>What each slot of the season adds; one per step of the period, slot = index modulo period.</summary>
    public required double[] Season { get; init; }

    /// <summary>The trend line at index 0.</summary>
    public required double Intercept { get; init; }

    /// <summary>The trend line's rise per step.</summary>
    public required double Slope { get; init; }

    /// <summary>Share of a new value in the level, 0 to 1.</summary>
    public required double Alpha { get; init; }

    /// <summary>The smoothed theta line.</summary>
    public required double Level { get; init; }

    /// <summary>Values taken.</summary>
    public required long Count { get; init; }
}
