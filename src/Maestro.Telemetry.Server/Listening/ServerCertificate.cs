using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Maestro.Telemetry.Server.Configuration;

namespace Maestro.Telemetry.Server.Listening;

/// <summary>
/// The certificate that new connections are given. When its files change, connections that are there keep the old one;
/// files that cannot be used change nothing and are told.
/// </summary>
internal sealed class ServerCertificate(IOptions<ServerOptions> options)
{
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    private volatile TlsMaterial? _current;
    private string _stamp = "";

    /// <summary>Null before <see cref="Refresh"/>, and when nothing is served over TLS.</summary>
    public TlsMaterial? Current => _current;

    /// <summary>What is wrong with the newest files; null when they are in use.</summary>
    public string? Problem { get; private set; }

    /// <summary>Reads the files when they have changed. True when another certificate is in use now.</summary>
    /// <exception cref="CertificateFileException">They cannot be used; the certificate that was in use stays.</exception>
    public bool Refresh()
    {
        var tls = options.Value.Tls;
        var stamp = tls.IsSet ? TlsMaterial.StampOf(tls) : "";
        if (stamp == _stamp)
        {
            return false;
        }

        // Whatever comes of it: broken files are told once, and looked at again when they have changed.
        _stamp = stamp;
        try
        {
            _current = TlsMaterial.Load(tls);
            Problem = null;
            return true;
        }
        catch (CertificateFileException e)
        {
            Problem = $"{ServerOptions.SectionName}:{nameof(ServerOptions.Tls)}:{e.Setting} is '{e.File}'; {e.Message}";
            throw;
        }
    }

    /// <summary>How one connection is secured.</summary>
    public SslServerAuthenticationOptions ForConnection()
    {
        var material = _current ?? throw new InvalidOperationException("The certificate has not been read yet.");
        var asks = material.ClientCas.Count > 0;
        return new SslServerAuthenticationOptions
        {
            ServerCertificateContext = material.Context,
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            ClientCertificateRequired = asks,

            // An authority of our own publishes no list of revoked certificates that could be asked for here: whom a
            // certificate stands for is said in the configuration, and taken back there.
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
            RemoteCertificateValidationCallback = asks ? (_, certificate, _, _) => Trusts(material, certificate) : null,
        };
    }

    private bool Trusts(TlsMaterial material, X509Certificate? certificate)
    {
        if (certificate is null)
        {
            return !options.Value.Tls.RequireClientCertificate;
        }

        if (certificate is not X509Certificate2 shown)
        {
            return false;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(material.ClientCas);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.ApplicationPolicy.Add(new System.Security.Cryptography.Oid(ClientAuthentication));
        return chain.Build(shown);
    }
}
