namespace Maestro.Telemetry.Scaling;

/// <summary>What happens when nothing is done, by the forecast: how likely the committed capacity is too little.</summary>
/// <param name="Probability">
/// The largest probability, in any interval looked at, that demand is above the target utilization of the committed
/// capacity; 0 to 1.
/// </param>
/// <param name="From">When the time concerned begins: around the worst interval, at half its probability or more.</param>
/// <param name="Until">When it ends. Where nothing is to be feared, the whole time looked at is concerned.</param>
/// <param name="ShortUnits">Reference SGMs that are missing in the worst interval if any are; 0 where nothing is to be feared.</param>
/// <param name="ShortUnitHours">Unit-hours expected to be missing, over the whole time looked at.</param>
/// <param name="Overload">The largest probability that demand is above the hard limit of the committed capacity; 0 to 1.</param>
public sealed record DecisionRisk(
    double Probability,
    DateTimeOffset From,
    DateTimeOffset Until,
    double ShortUnits,
    double ShortUnitHours,
    double Overload);
