using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Maestro.Telemetry.Server.Access;

/// <summary>
/// The text of an access token: a prefix that scanners for leaked secrets can find, and 256 random bits. Because nobody
/// can guess or try through so many, its SHA-256 is kept and no slow hash is needed, unlike for a password.
/// </summary>
public static class TokenSecret
{
    public const string Prefix = "mst_";

    private const int RandomBytes = 32;

    // 32 bytes in base64url without padding.
    private const int Length = 4 + 43;

    /// <summary>A new one.</summary>
    public static string Create() => Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomBytes));

    /// <summary>Whether a text may be one; what is not is refused without hashing it.</summary>
    public static bool IsWellFormed(string text) =>
        text.Length == Length
        && text.StartsWith(Prefix, StringComparison.Ordinal)
        && text.AsSpan(Prefix.Length).IndexOfAnyExcept(Alphabet) < 0;

    /// <summary>What is kept of it.</summary>
    internal static byte[] Hash(string secret) => SHA256.HashData(Encoding.ASCII.GetBytes(secret));

    private static readonly System.Buffers.SearchValues<char> Alphabet = System.Buffers.SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");
}
