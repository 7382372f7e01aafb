using System.Collections.Frozen;
using System.Security.Cryptography.X509Certificates;

namespace Maestro.Telemetry.Server.Access;

/// <summary>Whom client certificates stand for. TLS has checked who signed them before.</summary>
internal sealed class CertificateBook(IEnumerable<CertificateCaller> certificates)
{
    private readonly FrozenDictionary<string, Caller> _callers = certificates.ToFrozenDictionary(
        c => c.Subject, c => Caller.Of(c.CallerName, c.Role, c.Serials), StringComparer.OrdinalIgnoreCase);

    /// <summary>Null when it stands for nobody; the name is for the audit.</summary>
    public (Caller? Caller, string Subject) Find(X509Certificate2 certificate)
    {
        var names = NamesOf(certificate);
        var caller = names.Select(name => _callers.GetValueOrDefault(name)).FirstOrDefault(found => found is not null);
        return (caller, names is [var first, ..] ? first : certificate.Subject);
    }

    // As for servers (RFC 9525): the common name counts only where there is no name of a better kind.
    private static List<string> NamesOf(X509Certificate2 certificate)
    {
        var names = new List<string>();
        foreach (var extension in certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>())
        {
            names.AddRange(extension.EnumerateDnsNames());
        }

        if (certificate.GetNameInfo(X509NameType.UrlName, forIssuer: false) is { Length: > 0 } uri)
        {
            names.Add(uri);
        }

        if (names.Count == 0 && certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false) is { Length: > 0 } common)
        {
            names.Add(common);
        }

        return names;
    }
}
