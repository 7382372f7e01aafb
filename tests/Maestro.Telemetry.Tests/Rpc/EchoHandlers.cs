using Grpc.Core;

namespace Maestro.Telemetry.Tests.Rpc;

/// <summary>What the echo service does; by default it echoes.</summary>
internal sealed class EchoHandlers
{
    public UnaryServerMethod<string, string> Unary { get; set; } = (request, _) => Task.FromResult(request);

    public ClientStreamingServerMethod<string, string> Upload { get; set; } =
        async (requests, _) => string.Concat(await requests.ReadAllAsync().ToListAsync());

    public ServerStreamingServerMethod<string, string> Download { get; set; } = async (request, responses, _) =>
    {
        foreach (var c in request)
        {
            await responses.WriteAsync(c.ToString());
        }
    };

    public DuplexStreamingServerMethod<string, string> Duplex { get; set; } = async (requests, responses, _) =>
    {
        await foreach (var request in requests.ReadAllAsync())
        {
            await responses.WriteAsync(request);
        }
    };
}
