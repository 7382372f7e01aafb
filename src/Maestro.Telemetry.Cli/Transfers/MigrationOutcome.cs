using Maestro.Telemetry.Ports;

namespace Maestro.Telemetry.Cli.Transfers;

/// <summary>What both stores hold of the time that was taken, counted at the end.</summary>
/// <param name="Begin">The beginning of the time.</param>
/// <param name="SamplesBegin">Earlier samples are not taken, because the target would not keep them.</param>
/// <param name="End">The end of the time.</param>
/// <param name="Source">What was to be taken.</param>
/// <param name="Target">What is there.</param>
internal sealed record MigrationOutcome(
    DateTimeOffset Begin, DateTimeOffset SamplesBegin, DateTimeOffset End, HistoryCounts Source, HistoryCounts Target)
{
    /// <summary>Nothing lacks. The target may hold more: what it got from elsewhere.</summary>
    public bool IsComplete =>
        Target.Samples >= Source.Samples && Target.Rollups >= Source.Rollups && Target.Forecasts >= Source.Forecasts;
}
