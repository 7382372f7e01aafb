using Maestro.Telemetry.Fabric;

namespace Maestro.Telemetry.Server.Access;

/// <summary>The SGMs whose samples a caller may report.</summary>
internal sealed class SerialScope
{
    private readonly HashSet<GatewaySerial>? _serials;

    private SerialScope(HashSet<GatewaySerial>? serials) => _serials = serials;

    /// <summary>Every SGM.</summary>
    public static SerialScope All { get; } = new(null);

    /// <summary>None.</summary>
    public static SerialScope None { get; } = new([]);

    public static SerialScope Of(IEnumerable<GatewaySerial> serials) => new([.. serials]);

    public bool Allows(GatewaySerial serial) => _serials?.Contains(serial) ?? true;
}
