namespace Maestro.Telemetry.Server.Listening;

/// <summary>What a listener is for; an endpoint is found only on the surfaces it belongs to.</summary>
[Flags]
internal enum Surface
{
    None = 0,

    /// <summary>The native stream and the control service, over gRPC.</summary>
    Native = 1,

    /// <summary>Page, queries, health and metrics, over HTTP/1.1.</summary>
    Console = 2,

    /// <summary>OTLP over gRPC.</summary>
    OtlpGrpc = 4,

    /// <summary>OTLP and remote write over HTTP/1.1.</summary>
    Receiver = 8,

    /// <summary>Every surface that speaks gRPC.</summary>
    AnyGrpc = Native | OtlpGrpc,

    /// <summary>Every surface that speaks HTTP/1.1.</summary>
    AnyHttp = Console | Receiver,
}
