namespace Maestro.Telemetry.Forecasting.Models;

/// <summary>The periods and windows that a level-ratio model works with, in steps.</summary>
/// <param name="Cycle">The short period (a day): the profile is renewed once per cycle.</param>
/// <param name="Slots">Slots of the daily profile: the cycle, or 1 for a flat profile.</param>
/// <param name="Week">The long period, a multiple of the cycle; 0 when there is none.</param>
internal readonly record struct SeasonShape(int Cycle, int Slots, int Week)
{
    /// <summary>Days of the daily profile.</summary>
    public const int ProfileCycles = 14;

    /// <summary>Weeks of the weekly profile.</summary>
    public const int ProfileWeeks = 4;

    /// <summary>A day when no period is given: any window of a few hundred values will do.</summary>
    private const int CycleWithoutSeason = 288;

    /// <summary>Values in the fast level: about an hour of a day.</summary>
    public int RecentWindow => Math.Clamp(Cycle / 24, 3, 60);

    /// <summary>Whole cycles of history that renewing the profile looks at.</summary>
    public int KeptCycles => Math.Max(ProfileCycles, Week / Cycle * ProfileWeeks);

    /// <summary>The shape for a history: flat below one and a half cycles, where no error can be measured.</summary>
    public static SeasonShape For(IReadOnlyList<int> periods, int count)
    {
        if (periods.Count == 0)
        {
            return new(CycleWithoutSeason, 1, 0);
        }

        var cycle = periods[0];
        var week = periods.Skip(1).FirstOrDefault(period => period % cycle == 0);
        return count * 2 < cycle * 3 ? new(cycle, 1, 0) : new(cycle, cycle, week);
    }
}
