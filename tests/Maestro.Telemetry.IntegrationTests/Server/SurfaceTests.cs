using System.Net;
using Grpc.Core;
using Grpc.Net.Client;
using Maestro.Telemetry.Protocol.V1;

namespace Maestro.Telemetry.IntegrationTests.Service;

public sealed class SurfaceTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData("/")]
    [InlineData("/api/v1/status")]
    [InlineData("/metrics")]
    public async Task Receiver_ForThePathsOfTheConsole_SaysThatThereIsNothing(string path)
    {
        await using var server = await ServerUnderTest.StartAsync();
        using var receiver = new HttpClient { BaseAddress = server.ReceiverAddress, Timeout = Patience };

        using var answer = await receiver.GetAsync(new Uri(path, UriKind.Relative));
        using var alive = await receiver.GetAsync(new Uri("/health/live", UriKind.Relative));

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.OK), (answer.StatusCode, alive.StatusCode));
    }

    [Fact]
    public async Task OtlpListener_ForTheControlService_SaysThatThereIsNone()
    {
        await using var server = await ServerUnderTest.StartAsync();
        using var channel = GrpcChannel.ForAddress(server.OtlpGrpcAddress);
        var control = new AutoscalerControl.AutoscalerControlClient(channel);

        var error = await Assert.ThrowsAsync<RpcException>(
            async () => await control.GetStatusAsync(new GetStatusRequest()).ResponseAsync.WaitAsync(Patience));

        Assert.Equal(StatusCode.Unimplemented, error.StatusCode);
    }
}
