using System.Text.Json;
using System.Text.Json.Serialization;

namespace Maestro.Telemetry.Gaia.Contracts;

/// <summary>Reads a release: the "major" of an object, or a plain text.</summary>
internal sealed class ReleaseNameConverter : JsonConverter<string?>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var value = JsonDocument.ParseValue(ref reader);
        var release = value.RootElement is { ValueKind: JsonValueKind.Object } version
            && version.TryGetProperty("major", out var major)
                ? major
                : value.RootElement;
        return release.ValueKind switch
        {
            JsonValueKind.String => release.GetString(),
            JsonValueKind.Number => release.GetRawText(),
            _ => null,
        };
    }

    public override void Write(Utf8JsonWriter writer, string? value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value);
}
