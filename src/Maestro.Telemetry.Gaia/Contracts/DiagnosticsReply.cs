using System.Text.Json;
using System.Text.Json.Serialization;

namespace Maestro.Telemetry.Gaia.Contracts;

/// <summary>What show-diagnostics answers: objects whose keys depend on the topic.</summary>
internal sealed class DiagnosticsReply
{
    /// <summary>How many objects there are, here or not.</summary>
    [JsonConverter(typeof(TolerantInt32Converter))]
    public int? Total { get; init; }

    public JsonElement Objects { get; init; }
}
