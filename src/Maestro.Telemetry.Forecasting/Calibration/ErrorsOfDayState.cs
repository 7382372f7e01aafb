namespace Maestro.Telemetry.Forecasting.Calibration;

/// <summary>A saved <see cref="ErrorsOfDay"/>; as made, one that has no season and learns nothing.</summary>
internal sealed record ErrorsOfDayState
{
    /// <summary>The time of the season of the value that comes next.</summary>
    public int Slot { get; init; }

    /// <summary>Mean size of errors by time of the season; NaN where nothing is known yet.</summary>
    public double[] Sizes { get; init; } = [];

    /// <summary>The newest errors; NaN where unknown.</summary>
    public double[] Recent { get; init; } = [];

    public IssuedSpread[] Waiting { get; init; } = [];

    /// <summary>One that has seen nothing of a season.</summary>
    /// <param name="season">In steps; 0 for none.</param>
    public static ErrorsOfDayState Of(int season)
    {
        var sizes = new double[season];
        Array.Fill(sizes, double.NaN);
        return new() { Sizes = sizes };
    }

    /// <summary>The same at another time.</summary>
    /// <param name="steps">How much earlier the value comes that comes next.</param>
    public ErrorsOfDayState Back(int steps) => Sizes.Length == 0 || steps == 0
        ? this
        : this with { Slot = (((Slot - steps) % Sizes.Length) + Sizes.Length) % Sizes.Length, Recent = [], Waiting = [] };
}
