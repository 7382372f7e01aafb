using System.Net.Http.Headers;
using System.Text;

namespace Maestro.Telemetry.Server.Access;

/// <summary>What an Authorization header says: a bare secret, or a name with one.</summary>
/// <param name="Name">Null for Bearer.</param>
/// <param name="Secret">A token or a password.</param>
internal readonly record struct Credentials(string? Name, string Secret)
{
    // Far more than a name of 128 and a password of 1024 characters need.
    private const int MaxHeader = 8_192;

    /// <summary>Reads Bearer (RFC 6750) and Basic (RFC 7617, UTF-8); false for anything else.</summary>
    public static bool TryRead(string header, out Credentials credentials)
    {
        credentials = default;
        if (header.Length > MaxHeader || !AuthenticationHeaderValue.TryParse(header, out var value)
            || string.IsNullOrEmpty(value.Parameter))
        {
            return false;
        }

        if (value.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase))
        {
            credentials = new Credentials(null, value.Parameter);
            return true;
        }

        return value.Scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase)
            && TryReadBasic(value.Parameter, out credentials);
    }

    private static bool TryReadBasic(string parameter, out Credentials credentials)
    {
        credentials = default;
        var bytes = new byte[parameter.Length];
        if (!Convert.TryFromBase64String(parameter, bytes, out var length))
        {
            return false;
        }

        var text = Encoding.UTF8.GetString(bytes.AsSpan(0, length));
        if (text.IndexOf(':', StringComparison.Ordinal) is not (>= 0 and var colon))
        {
            return false;
        }

        credentials = new Credentials(text[..colon], text[(colon + 1)..]);
        return true;
    }

    // Never in a log by accident.
    public override string ToString() => Name ?? "bearer";
}
