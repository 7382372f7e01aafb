using System.Text.Json;
using System.Text.Json.Serialization;

namespace Maestro.Telemetry.Gaia.Contracts;

/// <summary>
/// A Security Group as the Orchestrator shows it. Most of "ftw-configuration" is left out on purpose: it can carry
/// passwords, and what has no property here is skipped by the reader and never held.
/// </summary>
internal sealed class SecurityGroupContract
{
    [JsonConverter(typeof(TolerantInt32Converter))]
    public int? Id { get; init; }

    [JsonConverter(typeof(TolerantStringConverter))]
    public string? Description { get; init; }

    public GatewayContract[]? Gateways { get; init; }

    public SiteContract[]? Sites { get; init; }

    public FtwConfigurationContract? FtwConfiguration { get; init; }

    /// <summary>Compared between the pending and the deployed topology, never interpreted; so are the next two.</summary>
    public JsonElement Interfaces { get; init; }

    public JsonElement MgmtConnectivity { get; init; }

    public JsonElement MgmtInterfaceSettings { get; init; }
}
