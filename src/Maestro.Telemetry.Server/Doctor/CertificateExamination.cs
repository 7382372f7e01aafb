using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using Maestro.Telemetry.Server.Access;
using Maestro.Telemetry.Server.Configuration;
using Maestro.Telemetry.Server.Listening;

namespace Maestro.Telemetry.Server.Doctor;

/// <summary>The certificate, its key and the authorities of clients: age, chain, names, and who may read the key.</summary>
internal sealed class CertificateExamination(IOptions<ServerOptions> options) : IExamination
{
    private const int SoonDays = 14;

    public string Area => "certificate";

    public Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken)
    {
        var tls = options.Value.Tls;
        IReadOnlyList<Finding> findings = tls.IsSet
            ? [.. Examine(TlsMaterial.Load(tls), tls)]
            : options.Value.IsOffLoopback
                ? [new(Area, Verdict.Warning, "Nothing is served over TLS, and other machines can reach this one: tokens "
                    + "cross the network in plain text unless a proxy on this host ends TLS.",
                    "Set Maestro:Server:Tls:CertificateFile and use https:// addresses.")]
                : [new(Area, Verdict.Ok, "Nothing is served over TLS; only this machine can reach the server.")];
        return Task.FromResult(findings);
    }

    private IEnumerable<Finding> Examine(TlsMaterial material, TlsOptions tls)
    {
        var certificate = material.Certificate;
        yield return Age(certificate, "The certificate");
        yield return new Finding(Area, Verdict.Ok, $"The key belongs to the certificate of {certificate.Subject}.");
        yield return Chain(material);
        if (!certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().Any())
        {
            yield return new Finding(
                Area, Verdict.Failed, "The certificate has no subject alternative name, and clients look nowhere else.",
                "Have it issued again with the names that clients use.");
        }

        foreach (var authority in material.ClientCas)
        {
            yield return Age(authority, $"The client authority {authority.Subject}");
        }

        foreach (var file in new[] { tls.KeyFile, tls.PasswordFile }.Where(f => f.Length > 0))
        {
            yield return OwnFile.OpenToOthers(file) is { } mode
                ? new Finding(Area, Verdict.Warning, $"{file} is open to others than its owner ({mode}).", $"chmod 600 {file}")
                : new Finding(Area, Verdict.Ok, $"{file} is its owner's alone.");
        }
    }

    private Finding Age(X509Certificate2 certificate, string what)
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        var (from, until) = (certificate.NotBefore.ToUniversalTime(), certificate.NotAfter.ToUniversalTime());
        var range = string.Create(
            CultureInfo.InvariantCulture, $"{what} is valid from {from:yyyy-MM-dd HH:mm} to {until:yyyy-MM-dd HH:mm} UTC");
        return now < from ? new(Area, Verdict.Failed, $"{range}: not yet.", "Check the clock, or wait.")
            : now >= until ? new(Area, Verdict.Failed, $"{range}: no longer.", "Put a newer one into its file; no restart is needed.")
            : until - now < TimeSpan.FromDays(SoonDays)
                ? new(Area, Verdict.Warning, $"{range}, which is soon over.", "Put a newer one into its file; no restart is needed.")
            : new(Area, Verdict.Ok, $"{range}.");
    }

    private Finding Chain(TlsMaterial material)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.ExtraStore.AddRange(material.Between);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;

        // Its age is told on its own.
        chain.ChainPolicy.VerificationFlags = X509VerificationFlags.IgnoreNotTimeValid;
        if (chain.Build(material.Certificate))
        {
            return new(Area, Verdict.Ok, "An authority that this system trusts has signed the certificate.");
        }

        var reasons = string.Join(", ", chain.ChainStatus.Select(s => s.Status).Distinct());
        return new(
            Area, Verdict.Warning, $"This system does not trust who has signed the certificate ({reasons}).",
            "Give clients its authority (--ca), and put the certificates between the two into the file behind its own.");
    }
}
