using System.Text.Json.Serialization;

namespace Maestro.Telemetry.Gaia.Contracts;

/// <summary>What login answers. A class, not a record: its text must not show the session id.</summary>
internal sealed class LoginReply
{
    public string? Sid { get; init; }

    /// <summary>Seconds without a request after which the session ends.</summary>
    [JsonConverter(typeof(TolerantInt32Converter))]
    public int? SessionTimeout { get; init; }

    [JsonConverter(typeof(TolerantBooleanConverter))]
    public bool ReadOnly { get; init; }

    [JsonConverter(typeof(TolerantStringConverter))]
    public string? ApiServerVersion { get; init; }
}
