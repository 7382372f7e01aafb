namespace Maestro.Telemetry.Agent;

/// <summary>Says that the collector is done with the first rows of a segment.</summary>
internal readonly record struct DoneMark(long Segment, int Rows);
