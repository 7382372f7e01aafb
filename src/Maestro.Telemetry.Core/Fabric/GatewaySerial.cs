namespace Maestro.Telemetry.Fabric;

/// <summary>The serial number of an SGM: its identity, which a move between groups does not change.</summary>
public readonly record struct GatewaySerial(string Value)
{
    public override string ToString() => Value;
}
