namespace Maestro.Telemetry.Forecasting.Models;

/// <summary>The expected value by slot of the day or of the week, at the level of the last days.</summary>
internal sealed record SeasonalProfile
{
    /// <summary>One value per slot, in the phase of the series: slot = index modulo length.</summary>
    public required double[] Slots { get; init; }

    /// <summary>The mean value over the last days; the yardstick for what counts as little.</summary>
    public required double Mean { get; init; }

    /// <summary>The daily profile alone, to compare with the weekly; empty without a weekly one.</summary>
    public double[] Daily { get; init; } = [];

    /// <summary>The weekly profile alone; may be empty.</summary>
    public double[] Weekly { get; init; } = [];

    public double At(long index) => Slots[index % Slots.Length];

    public static SeasonalProfile Flat(double mean) => new() { Slots = [mean], Mean = mean };
}
