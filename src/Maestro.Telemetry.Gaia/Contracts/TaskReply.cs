using System.Text.Json.Serialization;

namespace Maestro.Telemetry.Gaia.Contracts;

/// <summary>What show-task answers, and what any command may answer instead of its result: it goes on by itself.</summary>
internal sealed class TaskReply
{
    [JsonConverter(typeof(TolerantStringConverter))]
    public string? TaskId { get; init; }

    public TaskContract[]? Tasks { get; init; }
}
