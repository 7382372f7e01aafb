namespace Maestro.Telemetry.Simulator.Load;

/// <summary>What the traffic of a Security Group asks for at one moment, whoever serves it.</summary>
/// <param name="CpuWork">Busy SGMs of the reference model.</param>
/// <param name="BitsPerSecond">Bits received per second.</param>
/// <param name="Connections">Concurrent connections.</param>
/// <param name="ConnectionsPerSecond">New connections per second.</param>
/// <param name="AccelerationRatio">Share of packets that need no Firewall instance, 0 to 1.</param>
/// <param name="BitsPerPacket">Mean size of a packet.</param>
public readonly record struct GroupDemand(
    double CpuWork,
    double BitsPerSecond,
    double Connections,
    double ConnectionsPerSecond,
    double AccelerationRatio,
    double BitsPerPacket);
