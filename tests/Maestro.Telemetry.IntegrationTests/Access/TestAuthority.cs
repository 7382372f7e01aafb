using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Maestro.Telemetry.IntegrationTests.Access;

/// <summary>A certificate authority for one test, with the files of what it has issued.</summary>
internal sealed class TestAuthority : IDisposable
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    private readonly string _directory;
    private readonly X509Certificate2 _authority;
    private byte _serial;

    public TestAuthority(string directory, string name = "authority")
    {
        _directory = directory;
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        var now = TimeProvider.System.GetUtcNow();
        _authority = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(30));
        File = Path.Combine(directory, $"{name}.pem");
        System.IO.File.WriteAllText(File, _authority.ExportCertificatePem());
    }

    public string File { get; }

    /// <summary>For localhost and 127.0.0.1; the paths of certificate and key.</summary>
    public (string Certificate, string Key) IssueServer(string name, TimeSpan? lifetime = null)
    {
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        return Issue(name, name, names, ServerAuthentication, lifetime);
    }

    /// <summary>With a DNS name, or with a common name alone.</summary>
    public (string Certificate, string Key) IssueClient(string name, bool inAlternativeNames = true)
    {
        var names = new SubjectAlternativeNameBuilder();
        if (inAlternativeNames)
        {
            names.AddDnsName(name);
        }

        return Issue(name, inAlternativeNames ? "a client" : name, inAlternativeNames ? names : null, ClientAuthentication, null);
    }

    public void Dispose() => _authority.Dispose();

    private (string Certificate, string Key) Issue(
        string file, string subject, SubjectAlternativeNameBuilder? names, string use, TimeSpan? lifetime)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={subject}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(use)], false));
        if (names is not null)
        {
            request.CertificateExtensions.Add(names.Build());
        }

        var now = TimeProvider.System.GetUtcNow();
        using var issued = request.Create(_authority, now.AddHours(-1), now + (lifetime ?? TimeSpan.FromDays(20)), [1, ++_serial]);
        var (certificate, keyFile) = (Path.Combine(_directory, $"{file}.pem"), Path.Combine(_directory, $"{file}.key"));

        // The key first: whoever sees the new certificate finds its key.
        System.IO.File.WriteAllText(keyFile, key.ExportPkcs8PrivateKeyPem());
        System.IO.File.WriteAllText(certificate, issued.ExportCertificatePem());
        return (certificate, keyFile);
    }
}
