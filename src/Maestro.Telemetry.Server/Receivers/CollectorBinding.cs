using Google.Protobuf;
using Grpc.Core;
using Maestro.Telemetry.Protocol.V1;
using ServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;

namespace Maestro.Telemetry.Server.Receivers;

/// <summary>
/// The TelemetryCollector service as the generated code binds it, except that the requests of a stream are read by
/// <see cref="RequestReader"/>.
/// </summary>
internal static class CollectorBinding
{
    private static readonly Method<ReceivedRequest, StreamResponse> Stream = new(
        MethodType.DuplexStreaming,
        Descriptor.FullName,
        nameof(CollectorServiceBase.Stream),
        new Marshaller<ReceivedRequest>(
            (_, _) => throw new NotSupportedException("A collector receives requests and sends none."),
            context => RequestReader.Read(context.PayloadAsReadOnlySequence())),
        MarshallerOf(StreamResponse.Parser));

    private static readonly Method<ExportRequest, ExportResponse> Export = new(
        MethodType.Unary,
        Descriptor.FullName,
        nameof(CollectorServiceBase.Export),
        MarshallerOf(ExportRequest.Parser),
        MarshallerOf(ExportResponse.Parser));

    /// <summary>What the reflection service tells of it.</summary>
    public static ServiceDescriptor Descriptor => TelemetryCollector.Descriptor;

    /// <summary>Called by name when the service is mapped.</summary>
    public static void BindService(ServiceBinderBase binder, CollectorServiceBase? service)
    {
        binder.AddMethod(
            Stream,
            service is null ? null : new DuplexStreamingServerMethod<ReceivedRequest, StreamResponse>(service.Stream));
        binder.AddMethod(
            Export, service is null ? null : new UnaryServerMethod<ExportRequest, ExportResponse>(service.Export));
    }

    private static Marshaller<T> MarshallerOf<T>(MessageParser<T> parser)
        where T : class, IMessage<T> => new(
            (message, context) =>
            {
                context.SetPayloadLength(message.CalculateSize());
                message.WriteTo(context.GetBufferWriter());
                context.Complete();
            },
            context => parser.ParseFrom(context.PayloadAsReadOnlySequence()));
}
