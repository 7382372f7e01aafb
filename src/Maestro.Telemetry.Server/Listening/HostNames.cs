using System.Net;
using System.Net.NetworkInformation;
using System.Security.Cryptography.X509Certificates;
using Maestro.Telemetry.Server.Configuration;

namespace Maestro.Telemetry.Server.Listening;

/// <summary>The names that requests may call this server by.</summary>
internal static class HostNames
{
    private static readonly string[] Local = ["localhost", "127.0.0.1", "[::1]"];

    /// <summary>
    /// Loopback, the addresses listened on (for 0.0.0.0 and [::] those of the machine), the names in the certificate, and
    /// what is configured.
    /// </summary>
    public static List<string> Of(ServerOptions options)
    {
        var addresses = options.Addresses.Select(a => ServerOptions.EndPoint(a.Address).Address).Distinct().ToList();
        var hosts = options.Addresses.Select(a => new Uri(a.Address).Host);
        if (addresses.Exists(a => a.Equals(IPAddress.Any) || a.Equals(IPAddress.IPv6Any)))
        {
            hosts = hosts.Concat(OfTheMachine());
        }

        return [.. Local.Concat(hosts).Concat(OfTheCertificate(options.Tls)).Concat(options.HostNames)
            .Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    private static IEnumerable<string> OfTheMachine() =>
    [
        Environment.MachineName,
        .. NetworkInterface.GetAllNetworkInterfaces()
            .SelectMany(n => n.GetIPProperties().UnicastAddresses)
            .Select(a => Write(a.Address)),
    ];

    private static IEnumerable<string> OfTheCertificate(TlsOptions options)
    {
        if (!options.IsSet)
        {
            return [];
        }

        var names = TlsMaterial.Load(options).Certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().ToList();
        return
        [
            .. names.SelectMany(n => n.EnumerateDnsNames()),
            .. names.SelectMany(n => n.EnumerateIPAddresses()).Select(Write),
        ];
    }

    // As a Host header has it: in brackets, and without the interface of a link-local address.
    private static string Write(IPAddress address)
    {
        var text = address.ToString().Split('%')[0];
        return text.Contains(':', StringComparison.Ordinal) ? $"[{text}]" : text;
    }
}
