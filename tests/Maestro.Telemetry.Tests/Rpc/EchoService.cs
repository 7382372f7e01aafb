using Grpc.Core;

namespace Maestro.Telemetry.Tests.Rpc;

/// <summary>A service of text messages, whose handlers a test sets.</summary>
[BindServiceMethod(typeof(EchoService), nameof(BindService))]
internal sealed class EchoService(EchoHandlers handlers)
{
    public static readonly Method<string, string> UnaryMethod = Define(MethodType.Unary, nameof(Unary));
    public static readonly Method<string, string> UploadMethod = Define(MethodType.ClientStreaming, nameof(Upload));
    public static readonly Method<string, string> DownloadMethod = Define(MethodType.ServerStreaming, nameof(Download));
    public static readonly Method<string, string> DuplexMethod = Define(MethodType.DuplexStreaming, nameof(Duplex));

    public static void BindService(ServiceBinderBase binder, EchoService? service)
    {
        Assert.Null(service);
        binder.AddMethod(UnaryMethod, (UnaryServerMethod<string, string>?)null);
        binder.AddMethod(UploadMethod, (ClientStreamingServerMethod<string, string>?)null);
        binder.AddMethod(DownloadMethod, (ServerStreamingServerMethod<string, string>?)null);
        binder.AddMethod(DuplexMethod, (DuplexStreamingServerMethod<string, string>?)null);
    }

    public Task<string> Unary(string request, ServerCallContext context) => handlers.Unary(request, context);

    public Task<string> Upload(IAsyncStreamReader<string> requests, ServerCallContext context) =>
        handlers.Upload(requests, context);

    public Task Download(string request, IServerStreamWriter<string> responses, ServerCallContext context) =>
        handlers.Download(request, responses, context);

    public Task Duplex(
        IAsyncStreamReader<string> requests, IServerStreamWriter<string> responses, ServerCallContext context) =>
        handlers.Duplex(requests, responses, context);

    private static Method<string, string> Define(MethodType type, string name) =>
        new(type, "test.Echo", name, Marshallers.StringMarshaller, Marshallers.StringMarshaller);
}
