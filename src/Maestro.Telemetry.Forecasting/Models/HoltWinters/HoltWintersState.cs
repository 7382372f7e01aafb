namespace Maestro.Telemetry.Forecasting.Models.HoltWinters;

/// <summary>All that a <see cref="DampedSeason"/> remembers.</summary>
internal sealed record HoltWintersState
{
    public required Smoothing Smoothing { get; init; }

    public required double Level { get; init; }

    public required double Trend { get; init; }

    /// <summary>What each slot of the season adds, slot = index modulo length; a single 0 without a season.</summary>
    public required double[] Season { get; init; }

    /// <summary>Values taken.</summary>
    public required long Count { get; init; }
}
