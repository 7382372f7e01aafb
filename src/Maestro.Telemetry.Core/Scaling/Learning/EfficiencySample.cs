namespace Maestro.Telemetry.Scaling.Learning;

/// <summary>What a group did over some time with one and the same number of members.</summary>
/// <param name="Members">Members; 1 or more.</param>
/// <param name="Work">Mean CPU work, in busy reference SGMs.</param>
/// <param name="Throughput">Mean throughput, in bit/s.</param>
/// <param name="Hours">How long, in hours.</param>
public readonly record struct EfficiencySample(int Members, double Work, double Throughput, double Hours);
