namespace Maestro.Telemetry.Forecasting.Models;

/// <summary>All that a <see cref="LevelTracker"/> remembers.</summary>
internal sealed record LevelTrackerState
{
    public required SeasonShape Shape { get; init; }

    public required long Count { get; init; }

    /// <summary>The last values as little-endian doubles: several thousand, and every bit matters.</summary>
    public required byte[] Values { get; init; }

    public required byte[] Filled { get; init; }

    public required SeasonalProfile Profile { get; init; }

    public required double SlowValues { get; init; }

    public required double SlowProfile { get; init; }

    public required double[] RecentValues { get; init; }

    public required double[] RecentProfile { get; init; }

    public required double WeekFollowed { get; init; }

    public required double WeekSpread { get; init; }

    public required double LastKnown { get; init; }

    public required double RunningSum { get; init; }

    public required long RunningCount { get; init; }
}
