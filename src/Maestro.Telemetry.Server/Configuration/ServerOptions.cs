using System.Net;
using Maestro.Telemetry.Server.Listening;

namespace Maestro.Telemetry.Server.Configuration;

/// <summary>Where the server listens.</summary>
public sealed class ServerOptions : ISection
{
    public static string SectionName => "Maestro:Server";

    /// <summary>Where agents stream to and the command line asks: gRPC over HTTP/2 without TLS.</summary>
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
        CheckLoopback(nameof(GrpcAddress), GrpcAddress, errors);
        CheckLoopback(nameof(ConsoleAddress), ConsoleAddress, errors);
        CheckOptional(nameof(OtlpGrpcAddress), OtlpGrpcAddress, errors);
        CheckOptional(nameof(ReceiverAddress), ReceiverAddress, errors);
    }

    /// <summary>Host and port of an address that <see cref="Check"/> has found usable.</summary>
    public static IPEndPoint EndPoint(string address)
    {
        var uri = new Uri(address);
        return new IPEndPoint(uri.Host == "localhost" ? IPAddress.Loopback : IPAddress.Parse(uri.IdnHost), uri.Port);
    }

    private static void CheckOptional(string key, string value, SettingErrors errors)
    {
        if (value.Length > 0)
        {
            CheckLoopback(key, value, errors);
        }
    }

    // Nobody is asked who they are on these listeners, so that nobody from outside may reach them.
    private static void CheckLoopback(string key, string value, SettingErrors errors)
    {
        if (!Uri.TryCreate(value, UriKind.Absolute, out var uri) || uri.Scheme != Uri.UriSchemeHttp
            || uri.PathAndQuery != "/")
        {
            errors.Add(key, value, "it must be of the form http://127.0.0.1:PORT.");
        }
        else if (!uri.IsLoopback || (uri.Host != "localhost" && !IPAddress.TryParse(uri.IdnHost, out _)))
        {
            errors.Add(key, value, "only loopback addresses are served without authentication; "
                + "use http://127.0.0.1:PORT and reach it from other hosts through an authenticated tunnel, for example ssh -L.");
        }
    }
}
