using OpenTelemetry.Exporter;

namespace Maestro.Telemetry.Server.Configuration;

/// <summary>Where the service sends its own metrics and traces by OTLP. What it receives by OTLP is something else.</summary>
public sealed class OtlpOptions : ISection
{
    public static string SectionName => "Maestro:Otlp";

    /// <summary>A collector of OpenTelemetry: http://HOST:4317 for gRPC, http://HOST:4318 for HTTP, or https.</summary>
    /// <value>The default is empty: nothing is sent.</value>
    public string Endpoint { get; set; } = "";

    /// <summary>How it is sent: Grpc or HttpProtobuf.</summary>
    /// <value>The default is Grpc.</value>
    public OtlpExportProtocol Protocol { get; set; } = OtlpExportProtocol.Grpc;

    /// <summary>How often metrics are sent.</summary>
    /// <value>The default is 15 s; from 1 s to 1 hour.</value>
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>The share of traces that are sent; 0 sends none.</summary>
    /// <value>The default is 0.05; from 0 to 1.</value>
    public double TraceRatio { get; set; } = 0.05;

    internal bool IsOn => Endpoint.Length > 0;

    public void Check(SettingErrors errors)
    {
        if (IsOn && (!Uri.TryCreate(Endpoint, UriKind.Absolute, out var url)
            || (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps)
            || url.Query.Length > 0))
        {
            errors.Add(nameof(Endpoint), Endpoint, "it must be of the form http://HOST:4317 or https://HOST:4317.");
        }
        else if (IsOn && new Uri(Endpoint).UserInfo.Length > 0)
        {
            // Not shown: it may hold a password.
            errors.Add(
                nameof(Endpoint), "an address with a user", "leave it out; put the header into OTEL_EXPORTER_OTLP_HEADERS.");
        }

        if (Protocol is not (OtlpExportProtocol.Grpc or OtlpExportProtocol.HttpProtobuf))
        {
            errors.Add(nameof(Protocol), Protocol, "it must be Grpc or HttpProtobuf.");
        }

        errors.Range(nameof(Interval), Interval, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
        errors.Range(nameof(TraceRatio), TraceRatio, 0, 1);
    }

    /// <summary>Where a signal goes: over HTTP each has a path of its own.</summary>
    /// <param name="path">For example v1/metrics.</param>
    internal Uri Address(string path) => Protocol is OtlpExportProtocol.HttpProtobuf
        ? new Uri($"{Endpoint.TrimEnd('/')}/{path}")
        : new Uri(Endpoint);
}
