using System.Text.Json;
using System.Text.Json.Serialization;
using Maestro.Telemetry.Fabric;

namespace Maestro.Telemetry.Storage.Sqlite;

/// <summary>The number of a group as a JSON number.</summary>
internal sealed class SecurityGroupIdConverter : JsonConverter<SecurityGroupId>
{
    public override SecurityGroupId Read(
        ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(reader.GetInt32());

    public override void Write(Utf8JsonWriter writer, SecurityGroupId value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(value.Value);
}
