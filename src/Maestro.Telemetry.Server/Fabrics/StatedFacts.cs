using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Server.Configuration;

namespace Maestro.Telemetry.Server.Fabrics;

/// <summary>Adds to a reading what the Orchestrators do not say and somebody has stated.</summary>
internal static class StatedFacts
{
    public static FabricSnapshot Complete(FabricSnapshot read, FabricOptions options)
    {
        var gateways = options.Gateways.ToDictionary(g => g.Serial, StringComparer.Ordinal);
        return new(
            read.ReadAt,
            read.Groups.Select(group => options.Groups.Find(g => g.Id == group.Id.Value)?.Complete(group) ?? group),
            read.Gateways.Select(g => gateways.GetValueOrDefault(g.Serial.Value)?.Complete(g) ?? g),
            read.Orchestrators.Select(o => options.Orchestrators.Find(s => s.Id == o.Id)?.Complete(o) ?? o),
            read.PendingChanges);
    }
}
