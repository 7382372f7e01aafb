using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Maestro.Telemetry.Gaia;

/// <summary>Makes the handler for one Orchestrator: whom to trust, and nothing that could carry a secret elsewhere.</summary>
internal static class GaiaHandler
{
    public static HttpMessageHandler Create(OrchestratorOptions orchestrator, GaiaOptions options)
    {
        var handler = new SocketsHttpHandler
        {
            // A redirect, a cookie or a proxy would take the password or the session id to somebody else.
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ConnectTimeout = options.ConnectTimeout,
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
            MaxConnectionsPerServer = 2,
            MaxResponseHeadersLength = 64,
        };
        var fingerprint = string.IsNullOrEmpty(orchestrator.CertificateFingerprint)
            ? options.CertificateFingerprint
            : orchestrator.CertificateFingerprint;
        if (!string.IsNullOrEmpty(fingerprint))
        {
            var pin = CertificatePin.TryParse(fingerprint, out var parsed)
                ? parsed!
                : throw new ArgumentException("The certificate fingerprint is not 64 hexadecimal digits.");
            handler.SslOptions = new SslClientAuthenticationOptions
            {
                RemoteCertificateValidationCallback = (_, certificate, _, _) => pin.Matches(certificate),
            };
        }
        else if (!string.IsNullOrEmpty(options.CaFile))
        {
            // The name is checked as always; revocation is not, because private authorities rarely publish any.
            var policy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
            };
            policy.CustomTrustStore.ImportFromPemFile(options.CaFile);
            handler.SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = policy };
        }

        return handler;
    }
}
