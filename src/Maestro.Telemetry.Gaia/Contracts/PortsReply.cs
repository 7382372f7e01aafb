namespace Maestro.Telemetry.Gaia.Contracts;

internal sealed class PortsReply
{
    public PortContract[]? Ports { get; init; }
}
