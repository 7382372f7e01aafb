using Maestro.Telemetry.Forecasts;

namespace Maestro.Telemetry.Upgrades;

/// <summary>What is expected of a group's demand for one resource, as far ahead as an upgrade may take.</summary>
public sealed record ResourceOutlook
{
    public required DemandForecast Forecast { get; init; }

    /// <summary>
    /// Equally likely ways the forecast's steps may go, row-major, paths × steps. Without them the demand in a window is
    /// taken to be the forecast's maximum up to the window's end, which is too high for a quiet window after a busy time.
    /// </summary>
    public ReadOnlyMemory<double> Paths { get; init; }

    /// <summary>The demand measured now; NaN when it is not known. Holds for windows within the group's lead time.</summary>
    public double Measured { get; init; } = double.NaN;
}
