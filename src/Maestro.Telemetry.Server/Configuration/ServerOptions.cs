using System.Globalization;
using System.Net;
using Maestro.Telemetry.Server.Listening;

namespace Maestro.Telemetry.Server.Configuration;

/// <summary>Where the server listens. An address has the form http://IP:PORT or, with a certificate, https://IP:PORT.</summary>
public sealed class ServerOptions : ISection
{
    public static string SectionName => "Maestro:Server";

    /// <summary>Where agents stream to and the command line asks: gRPC over HTTP/2.</summary>
    /// <value>The default is http://127.0.0.1:50051; port 0 takes a free one.</value>
    public string GrpcAddress { get; set; } = "http://127.0.0.1:50051";

    /// <summary>Where the console, health and metrics are.</summary>
    /// <value>The default is http://127.0.0.1:8080; port 0 takes a free one.</value>
    public string ConsoleAddress { get; set; } = "http://127.0.0.1:8080";

    /// <summary>Where OTLP is received over gRPC; empty serves it nowhere.</summary>
    /// <value>The default is http://127.0.0.1:4317, the port of OTLP; port 0 takes a free one.</value>
    public string OtlpGrpcAddress { get; set; } = "http://127.0.0.1:4317";

    /// <summary>Where OTLP (/v1/metrics) and remote write (/api/v1/write) are received over HTTP; empty for nowhere.</summary>
    /// <value>The default is http://127.0.0.1:4318, the port of OTLP over HTTP; port 0 takes a free one.</value>
    public string ReceiverAddress { get; set; } = "http://127.0.0.1:4318";

    /// <summary>
    /// Names that clients call this server by, beside its addresses, loopback and the names in its certificate.
    /// </summary>
    public List<string> HostNames { get; set; } = [];

    /// <summary>
    /// Lets plain http be served off loopback, for a proxy that ends TLS. Whoever can listen between the two reads every
    /// token and password.
    /// </summary>
    /// <value>The default is false.</value>
    public bool AllowPlaintext { get; set; }

    /// <summary>Connections that may be open at once, of all listeners.</summary>
    /// <value>The default is 20000; from 1 to 1000000.</value>
    public int MaxConnections { get; set; } = 20_000;

    /// <summary>Of them, from one address or IPv6 network of 64 bits; loopback may have as many as there are.</summary>
    /// <value>The default is 2000; from 1 to 1000000.</value>
    public int MaxConnectionsPerAddress { get; set; } = 2_000;

    /// <summary>Calls that one HTTP/2 connection may have open at once; more wait in the client.</summary>
    /// <value>The default is 100; from 1 to 10000.</value>
    public int MaxStreamsPerConnection { get; set; } = 100;

    public TlsOptions Tls { get; set; } = new();

    /// <summary>Whether anything is reached from other machines.</summary>
    internal bool IsOffLoopback => Addresses.Any(a => !IPAddress.IsLoopback(EndPoint(a.Address).Address));

    /// <summary>Every address that is listened on, in the order that they are opened.</summary>
    internal IReadOnlyList<(Surface Surface, string Address)> Addresses =>
    [
        (Surface.Native, GrpcAddress),
        (Surface.Console, ConsoleAddress),
        .. OtlpGrpcAddress.Length == 0 ? [] : new[] { (Surface.OtlpGrpc, OtlpGrpcAddress) },
        .. ReceiverAddress.Length == 0 ? [] : new[] { (Surface.Receiver, ReceiverAddress) },
    ];

    public void Check(SettingErrors errors)
    {
        CheckAddress(nameof(GrpcAddress), GrpcAddress, errors);
        CheckAddress(nameof(ConsoleAddress), ConsoleAddress, errors);
        CheckOptional(nameof(OtlpGrpcAddress), OtlpGrpcAddress, errors);
        CheckOptional(nameof(ReceiverAddress), ReceiverAddress, errors);
        foreach (var (i, name) in HostNames.Index().Where(n => Uri.CheckHostName(n.Item) is UriHostNameType.Unknown))
        {
            errors.Add(
                string.Create(CultureInfo.InvariantCulture, $"{nameof(HostNames)}:{i}"),
                name,
                "it must be a name or an address without a port, for example maestro.example.net.");
        }

        errors.Range(nameof(MaxConnections), MaxConnections, 1, 1_000_000);
        errors.Range(nameof(MaxConnectionsPerAddress), MaxConnectionsPerAddress, 1, 1_000_000);
        errors.Range(nameof(MaxStreamsPerConnection), MaxStreamsPerConnection, 1, 10_000);
        Tls.Check(errors);
    }

    /// <summary>Host and port of an address that <see cref="Check"/> has found usable.</summary>
    public static IPEndPoint EndPoint(string address)
    {
        var uri = new Uri(address);
        return new IPEndPoint(uri.Host == "localhost" ? IPAddress.Loopback : IPAddress.Parse(uri.IdnHost), uri.Port);
    }

    internal static bool IsHttps(string address) => address.StartsWith("https:", StringComparison.OrdinalIgnoreCase);

    private void CheckOptional(string key, string value, SettingErrors errors)
    {
        if (value.Length > 0)
        {
            CheckAddress(key, value, errors);
        }
    }

    private void CheckAddress(string key, string value, SettingErrors errors)
    {
        if (!Uri.TryCreate(value, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https")
            || uri.PathAndQuery != "/" || uri.UserInfo.Length > 0)
        {
            errors.Add(key, value, "it must be of the form http://127.0.0.1:PORT or https://IP:PORT.");
        }
        else if (uri.Host != "localhost" && !IPAddress.TryParse(uri.IdnHost, out _))
        {
            errors.Add(key, value, "it must have an IP address of this machine, 0.0.0.0 or [::], not a name; "
                + $"names that clients use go into {SectionName}:{nameof(HostNames)}.");
        }
        else if (uri.Scheme == Uri.UriSchemeHttps && !Tls.IsSet)
        {
            errors.Add(key, value, $"https needs a certificate; set {SectionName}:{nameof(Tls)}:{nameof(Tls.CertificateFile)}.");
        }
        else if (uri.Scheme == Uri.UriSchemeHttp && !uri.IsLoopback && !AllowPlaintext)
        {
            errors.Add(key, value, "only loopback addresses are served without TLS; use https:// and "
                + $"{SectionName}:{nameof(Tls)}:{nameof(Tls.CertificateFile)}. Behind a proxy that ends TLS, "
                + $"{SectionName}:{nameof(AllowPlaintext)} allows it; whoever listens in between then reads the tokens.");
        }
    }
}
