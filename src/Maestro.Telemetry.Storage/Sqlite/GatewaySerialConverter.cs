using System.Text.Json;
using System.Text.Json.Serialization;
using Maestro.Telemetry.Fabric;

namespace Maestro.Telemetry.Storage.Sqlite;

/// <summary>A serial as a JSON string.</summary>
internal sealed class GatewaySerialConverter : JsonConverter<GatewaySerial>
{
    public override GatewaySerial Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(reader.GetString() ?? throw new JsonException("A serial is null."));

    public override void Write(Utf8JsonWriter writer, GatewaySerial value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Value);
}
