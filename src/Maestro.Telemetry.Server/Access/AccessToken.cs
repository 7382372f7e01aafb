using System.Text.Json.Serialization;

namespace Maestro.Telemetry.Server.Access;

/// <summary>What is kept of a token; its secret is shown once, when it is made, and is not here.</summary>
public sealed record AccessToken
{
    /// <summary>In <see cref="Serials"/>: every SGM.</summary>
    public const string EverySerial = "*";

    private const int IdLength = 10;

    /// <summary>Names this token alone: the beginning of <see cref="Hash"/>.</summary>
    [JsonIgnore]
    public string Id => Hash[..IdLength];

    /// <summary>Whose it is; several may have the same name, so that one can take over from another.</summary>
    public required string Name { get; init; }

    public required CallerRole Role { get; init; }

    /// <summary>The serial numbers that it may report samples of; <see cref="EverySerial"/> for all.</summary>
    public required IReadOnlyList<string> Serials { get; init; }

    /// <summary>SHA-256 of the secret, in hexadecimal digits.</summary>
    public required string Hash { get; init; }

    public required DateTimeOffset Created { get; init; }

    /// <summary>When it ends by itself; null for never.</summary>
    public DateTimeOffset? Expires { get; init; }

    public DateTimeOffset? Revoked { get; init; }

    /// <summary>When a server last took it, to about a minute; null for never.</summary>
    [JsonIgnore]
    public DateTimeOffset? LastUsed { get; init; }

    /// <summary>Active, Expired or Revoked.</summary>
    public TokenState StateAt(DateTimeOffset now) =>
        Revoked is not null ? TokenState.Revoked
        : Expires <= now ? TokenState.Expired
        : TokenState.Active;

    internal static string IdOf(ReadOnlySpan<byte> hash) => Convert.ToHexStringLower(hash[..(IdLength / 2)]);

    internal Caller ToCaller() => Caller.Of(Name, Role, Serials);
}
