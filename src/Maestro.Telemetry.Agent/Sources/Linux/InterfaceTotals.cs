namespace Maestro.Telemetry.Agent;

/// <summary>What one interface, or several together, has carried since the start.</summary>
internal readonly record struct InterfaceTotals(
    long ReceivedBytes, long ReceivedPackets, long TransmittedBytes, long TransmittedPackets, long Drops)
{
    public bool IsAtLeast(InterfaceTotals earlier) =>
        ReceivedBytes >= earlier.ReceivedBytes && ReceivedPackets >= earlier.ReceivedPackets
            && TransmittedBytes >= earlier.TransmittedBytes && TransmittedPackets >= earlier.TransmittedPackets
            && Drops >= earlier.Drops;

    public static InterfaceTotals operator +(InterfaceTotals a, InterfaceTotals b) => new(
        a.ReceivedBytes + b.ReceivedBytes, a.ReceivedPackets + b.ReceivedPackets,
        a.TransmittedBytes + b.TransmittedBytes, a.TransmittedPackets + b.TransmittedPackets, a.Drops + b.Drops);

    public static InterfaceTotals operator -(InterfaceTotals a, InterfaceTotals b) => new(
        a.ReceivedBytes - b.ReceivedBytes, a.ReceivedPackets - b.ReceivedPackets,
        a.TransmittedBytes - b.TransmittedBytes, a.TransmittedPackets - b.TransmittedPackets, a.Drops - b.Drops);
}
