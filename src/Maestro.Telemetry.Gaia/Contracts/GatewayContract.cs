using System.Text.Json.Serialization;

namespace Maestro.Telemetry.Gaia.Contracts;

/// <summary>A gateway as the Orchestrator shows it, in its own list and inside a Security Group.</summary>
internal sealed class GatewayContract
{
    /// <summary>The serial number.</summary>
    [JsonConverter(typeof(TolerantStringConverter))]
    public string? Id { get; init; }

    [JsonConverter(typeof(TolerantInt32Converter))]
    public int? Site { get; init; }

    /// <summary>Absent or 0 when the gateway is free.</summary>
    [JsonConverter(typeof(TolerantInt32Converter))]
    public int? SecurityGroup { get; init; }

    [JsonConverter(typeof(TolerantInt32Converter))]
    public int? MemberId { get; init; }

    [JsonConverter(typeof(TolerantStringConverter))]
    public string? Model { get; init; }

    /// <summary>The major release; an object with "major" on the wire.</summary>
    [JsonConverter(typeof(ReleaseNameConverter))]
    public string? Version { get; init; }

    [JsonConverter(typeof(TolerantStringConverter))]
    public string? Description { get; init; }

    /// <summary>An open list of words.</summary>
    [JsonConverter(typeof(TolerantStringConverter))]
    public string? State { get; init; }
}
