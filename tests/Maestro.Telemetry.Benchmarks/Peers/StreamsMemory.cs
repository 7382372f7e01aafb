namespace Maestro.Telemetry.Benchmarks.Peers;

/// <summary>Memory with open streams that send a row now and then.</summary>
/// <param name="Streams">How many were open, each on a connection of its own.</param>
/// <param name="ResidentMb">Resident afterwards, MiB.</param>
/// <param name="PeakMb">The most up to then, MiB.</param>
internal sealed record StreamsMemory(int Streams, double ResidentMb, double PeakMb);
