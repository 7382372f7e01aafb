using System.Text.Json.Serialization;

namespace Maestro.Telemetry.Gaia.Contracts;

/// <summary>A site of a Security Group.</summary>
internal sealed class SiteContract
{
    [JsonConverter(typeof(TolerantInt32Converter))]
    public int? Id { get; init; }

    [JsonConverter(typeof(TolerantStringConverter))]
    public string? Description { get; init; }
}
