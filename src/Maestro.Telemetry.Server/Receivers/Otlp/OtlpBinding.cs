using Google.Protobuf;
using Grpc.Core;
using Maestro.Telemetry.Protocol.Otlp;
using ServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;

namespace Maestro.Telemetry.Server.Receivers.Otlp;

/// <summary>
/// The MetricsService as the generated code binds it, except that a request comes as bytes: it is read where it lies.
/// </summary>
internal static class OtlpBinding
{
    private static readonly Method<byte[], ExportMetricsServiceResponse> Export = new(
        MethodType.Unary,
        Descriptor.FullName,
        nameof(OtlpMetricsServiceBase.Export),
        new Marshaller<byte[]>(
            (_, _) => throw new NotSupportedException("A collector receives requests and sends none."),
            context => context.PayloadAsNewBuffer()),
        new Marshaller<ExportMetricsServiceResponse>(
            (message, context) => context.Complete(message.ToByteArray()),
            _ => throw new NotSupportedException("A collector sends responses and receives none.")));

    /// <summary>What the reflection service tells of it.</summary>
    public static ServiceDescriptor Descriptor => MetricsService.Descriptor;

    /// <summary>Called by name when the service is mapped.</summary>
    public static void BindService(ServiceBinderBase binder, OtlpMetricsServiceBase? service) => binder.AddMethod(
        Export,
        service is null ? null : new UnaryServerMethod<byte[], ExportMetricsServiceResponse>(service.Export));
}
