using System.Text.Json.Serialization;

namespace Maestro.Telemetry.Gaia.Contracts;

internal sealed class DiagnosticsRequest
{
    public string Category { get; } = "os";

    public required string Topic { get; init; }

    /// <summary>The member that is asked, for example 1_2; absent for the one that answers the address.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? MemberId { get; init; }
}
