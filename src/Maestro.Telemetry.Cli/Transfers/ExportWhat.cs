namespace Maestro.Telemetry.Cli.Transfers;

/// <summary>What is exported.</summary>
internal enum ExportWhat
{
    Samples,
    Rollups,
    Forecasts,

    /// <summary>What the groups need in all, in steps.</summary>
    Demand,
}
