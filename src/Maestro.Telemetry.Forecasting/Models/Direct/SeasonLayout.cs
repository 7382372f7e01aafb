namespace Maestro.Telemetry.Forecasting.Models.Direct;

/// <summary>The seasons of a series, in steps, and what follows from them.</summary>
internal sealed record SeasonLayout
{
    /// <summary>The first season: the day.</summary>
    public required int Day { get; init; }

    /// <summary>The second season, the week; 0 when none is known or the history does not hold it.</summary>
    public required int Week { get; init; }

    /// <summary>True when values have a true zero, so that levels can be compared by their ratio.</summary>
    public required bool HasZero { get; init; }

    /// <summary>A 24th of the day where that is several steps, else 0.</summary>
    public int Hour => Day >= 96 && Day % 24 == 0 ? Day / 24 : 0;

    /// <summary>Radius of the smoothed profile, in steps.</summary>
    public int Smoothing => Day < 96 ? 0 : Day <= 288 ? 2 : 7;

    /// <summary>Lags of the autoregression.</summary>
    public int Lags => Day <= 24 ? 100 : Day <= 288 ? 150 : 240;

    public static SeasonLayout For(TrainingSeries series, int length)
    {
        var day = series.Periods[0];
        var week = series.Periods.Count > 1 ? series.Periods[1] : 0;
        return new()
        {
            Day = day,
            Week = week > 0 && length >= week + day ? week : 0,
            HasZero = series.Lowest >= 0,
        };
    }
}
