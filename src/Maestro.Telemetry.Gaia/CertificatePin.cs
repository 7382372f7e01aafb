using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Maestro.Telemetry.Gaia;

/// <summary>The SHA-256 of one certificate, which is trusted whoever signed it and whatever name it bears.</summary>
internal sealed class CertificatePin
{
    private readonly byte[] _sha256;

    private CertificatePin(byte[] sha256) => _sha256 = sha256;

    public static bool TryParse(string text, out CertificatePin? pin)
    {
        var digits = text.Replace(":", "", StringComparison.Ordinal).Trim();
        pin = digits.Length == 64 && digits.All(char.IsAsciiHexDigit) ? new(Convert.FromHexString(digits)) : null;
        return pin is not null;
    }

    public bool Matches(X509Certificate? certificate) =>
        certificate is not null
        && CryptographicOperations.FixedTimeEquals(certificate.GetCertHash(HashAlgorithmName.SHA256), _sha256);
}
