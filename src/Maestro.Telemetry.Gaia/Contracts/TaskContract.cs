using System.Text.Json;
using System.Text.Json.Serialization;

namespace Maestro.Telemetry.Gaia.Contracts;

internal sealed class TaskContract
{
    [JsonConverter(typeof(TolerantStringConverter))]
    public string? TaskId { get; init; }

    [JsonConverter(typeof(TolerantStringConverter))]
    public string? Status { get; init; }

    [JsonConverter(typeof(TolerantStringConverter))]
    public string? ProgressDescription { get; init; }

    /// <summary>Says why a task failed, in one of several shapes.</summary>
    public JsonElement TaskDetails { get; init; }
}
