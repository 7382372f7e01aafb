namespace Maestro.Telemetry.Replay;

/// <summary>What the telemetry said of a demand, sample by sample.</summary>
/// <param name="Work">The measured work in busy units; NaN where no sample came.</param>
/// <param name="Coverage">Share of members that were measured, 0 to 1.</param>
/// <param name="Skew">How far the time of the sample is ahead of ours.</param>
/// <param name="Faulty">True where the sample is not what it should be.</param>
public sealed record MeasuredDemand(
    ReadOnlyMemory<double> Work,
    ReadOnlyMemory<double> Coverage,
    ReadOnlyMemory<TimeSpan> Skew,
    ReadOnlyMemory<bool> Faulty);
