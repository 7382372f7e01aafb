namespace Maestro.Telemetry.Forecasting.Models.Ssa;

/// <summary>How the number of components is found that make up the signal.</summary>
public enum RankSelectionMethod
{
    /// <summary>Every rank up to the largest is tried on past forecasts that were not learned from.</summary>
    Exact = 0,

    /// <summary>The rank is given.</summary>
    Fixed = 1,

    /// <summary>As exact, but ranks are tried further and further apart: a tenth of the work.</summary>
    Fast = 2,
}
