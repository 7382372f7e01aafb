using System.Text.Json.Serialization;

namespace Maestro.Telemetry.Gaia.Contracts;

/// <summary>A port of an Orchestrator, as far as sync needs it.</summary>
internal sealed class PortContract
{
    /// <summary>Orchestrator/port/sub-port, for example 1/48/1.</summary>
    [JsonConverter(typeof(TolerantStringConverter))]
    public string? Id { get; init; }

    [JsonConverter(typeof(TolerantInt32Converter))]
    public int? Site { get; init; }

    /// <summary>One of downlink, uplink, site_sync, ssm_sync and mgmt.</summary>
    [JsonConverter(typeof(TolerantStringConverter))]
    public string? Type { get; init; }

    [JsonConverter(typeof(TolerantStringConverter))]
    public string? OperatingSpeed { get; init; }
}
