using System.Text.Json;
using System.Text.Json.Serialization;

namespace Maestro.Telemetry.Gaia.Contracts;

internal sealed class ErrorReply
{
    [JsonConverter(typeof(TolerantStringConverter))]
    public string? Code { get; init; }

    [JsonConverter(typeof(TolerantStringConverter))]
    public string? Message { get; init; }

    /// <summary>A string, or an array of strings or of objects with a message.</summary>
    public JsonElement Errors { get; init; }
}
