using System.Net.Http;
using Grpc.Net.Client;

namespace Maestro.Telemetry.Tests.Rpc;

public sealed class KeepAliveTests
{
    [Fact]
    public void Channel_ByDefault_PingsAServerThatSaysNothingDuringACall()
    {
        using var handler = GrpcChannel.CreateHandler();

        Assert.Equal(TimeSpan.FromSeconds(30), handler.KeepAlivePingDelay);
        Assert.Equal(TimeSpan.FromSeconds(20), handler.KeepAlivePingTimeout);
        Assert.Equal(HttpKeepAlivePingPolicy.WithActiveRequests, handler.KeepAlivePingPolicy);
    }
}
