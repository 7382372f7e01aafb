using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Maestro.Telemetry.Server.Access;

/// <summary>
/// A password as it may be kept: PBKDF2 with HMAC-SHA-256 (RFC 8018), slow on purpose, because people choose what can be
/// guessed. The text is <c>pbkdf2-sha256:iterations:salt:hash</c>.
/// </summary>
public sealed class PasswordHash
{
    private const string Scheme = "pbkdf2-sha256";
    private const int Iterations = 600_000;
    private const int FewestIterations = 100_000;
    private const int MostIterations = 10_000_000;
    private const int SaltBytes = 16;
    private const int HashBytes = 32;

    private readonly int _iterations;
    private readonly byte[] _salt;
    private readonly byte[] _hash;

    private PasswordHash(int iterations, byte[] salt, byte[] hash) => (_iterations, _salt, _hash) = (iterations, salt, hash);

    /// <summary>What is kept of a password.</summary>
    public static PasswordHash Create(string password)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        return new PasswordHash(Iterations, salt, Derive(password, salt, Iterations, HashBytes));
    }

    /// <summary>Null when the text is none.</summary>
    public static PasswordHash? TryParse(string text)
    {
        if (text.Split(':') is not [Scheme, var iterations, var salt, var hash]
            || !int.TryParse(iterations, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            || count is < FewestIterations or > MostIterations)
        {
            return null;
        }

        return Bytes(salt) is { Length: >= SaltBytes } saltBytes && Bytes(hash) is { Length: HashBytes } hashBytes
            ? new PasswordHash(count, saltBytes, hashBytes)
            : null;
    }

    /// <summary>Takes a noticeable part of a second of CPU time.</summary>
    public bool Matches(string password) =>
        CryptographicOperations.FixedTimeEquals(Derive(password, _salt, _iterations, HashBytes), _hash);

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Scheme}:{_iterations}:{Convert.ToBase64String(_salt)}:{Convert.ToBase64String(_hash)}");

    private static byte[] Derive(string password, byte[] salt, int iterations, int length) => Rfc2898DeriveBytes.Pbkdf2(
        Encoding.UTF8.GetBytes(password), salt, iterations, HashAlgorithmName.SHA256, length);

    private static byte[]? Bytes(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) ? bytes[..length] : null;
    }
}
