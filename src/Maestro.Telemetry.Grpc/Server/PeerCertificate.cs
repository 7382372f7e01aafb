using System.Security.Cryptography.X509Certificates;
using System.Text;
using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace Grpc.AspNetCore.Server.Internal;

/// <summary>What a client's certificate says, under the names that gRPC uses.</summary>
internal static class PeerCertificate
{
    private const string CommonName = "x509_common_name";
    private const string SubjectAlternativeName = "x509_subject_alternative_name";

    public static AuthContext Describe(HttpContext http)
    {
        var properties = new Dictionary<string, List<AuthProperty>>();
        if (http.Connection.ClientCertificate is not { } certificate)
        {
            return new AuthContext(null, properties);
        }

        foreach (var extension in certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>())
        {
            Add(properties, SubjectAlternativeName, extension.EnumerateDnsNames());
        }

        Add(properties, CommonName, [certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false)]);
        return new AuthContext(
            properties.ContainsKey(SubjectAlternativeName) ? SubjectAlternativeName : CommonName, properties);
    }

    private static void Add(
        Dictionary<string, List<AuthProperty>> properties, string name, IEnumerable<string> values)
    {
        foreach (var value in values)
        {
            if (!properties.TryGetValue(name, out var list))
            {
                properties[name] = list = [];
            }

            list.Add(AuthProperty.Create(name, Encoding.UTF8.GetBytes(value)));
        }
    }
}
