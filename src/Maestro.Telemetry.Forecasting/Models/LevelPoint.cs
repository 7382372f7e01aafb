namespace Maestro.Telemetry.Forecasting.Models;

/// <summary>What a level-ratio model knows after one value.</summary>
/// <param name="Profile">The profile in use.</param>
/// <param name="Index">The index of the value in the series.</param>
/// <param name="Slow">Level over about a day, as a ratio to the profile.</param>
/// <param name="Recent">Level over about an hour, as a ratio to the profile.</param>
/// <param name="Excess">How far the value itself is above the recent level; 0 when missing.</param>
internal readonly record struct LevelPoint(
    SeasonalProfile Profile,
    long Index,
    double Slow,
    double Recent,
    double Excess)
{
    /// <summary>The expected value some steps on, given how much of the three deviations remains by then.</summary>
    public double Expect(double profile, double keepSlow, double keepRecent, double keepExcess) => Math.Max(
        0,
        (profile * (1 + (keepSlow * (Slow - 1)) + (keepRecent * (Recent - Slow)))) + (keepExcess * Excess));

    /// <summary>Errors grow with the expected value, but do not vanish with it.</summary>
    public double Scale(double expected) => (0.8 * expected) + (0.2 * Profile.Mean * Slow);
}
