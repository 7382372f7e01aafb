namespace Maestro.Telemetry.Fabric;

/// <summary>The serial number of an SGM: its identity, which a move between groups does not change.</summary>
public readonly record struct GatewaySerial(string Value)
{
    /// <summary>
    /// Stands in roll-ups for all members of a group together, where past demand is known of the whole group only. No SGM
    /// is called so, and none of the fabric ever has it.
    /// </summary>
    public static readonly GatewaySerial WholeGroup = new("imported");

    public override string ToString() => Value;
}
