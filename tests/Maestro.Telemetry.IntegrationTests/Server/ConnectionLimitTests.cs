using System.Net.Sockets;
using System.Text;
using Grpc.Core;
using Grpc.Net.Client;
using Maestro.Telemetry.Protocol.V1;
using Maestro.Telemetry.Server.Listening;

namespace Maestro.Telemetry.IntegrationTests.Service;

/// <summary>Who comes when all connections are taken is told so, in the protocol of the listener.</summary>
[Collection(ServerUnderTest.OneAtATime)]
public sealed class ConnectionLimitTests
{
    [Fact]
    public async Task Connection_OverTheLimit_IsToldAndClosedAndFitsInLater()
    {
        await using var server = await ServerUnderTest.StartAsync(("Maestro:Server:MaxConnections", "2"));
        using (var first = await ConnectAsync(server.ReceiverAddress))
        using (var second = await ConnectAsync(server.GrpcAddress))
        {
            await OpenAsync(server, 2);
            using var third = await ConnectAsync(server.ConsoleAddress);
            using var reader = new StreamReader(third.GetStream(), Encoding.ASCII);
            var answer = await reader.ReadToEndAsync().WaitAsync(ServerUnderTest.Patience);
            Assert.StartsWith("HTTP/1.1 503", answer, StringComparison.Ordinal);
            Assert.Contains("2 connections are open, as many as Maestro:Server:MaxConnections allows", answer, StringComparison.Ordinal);

            using var fourth = await ConnectAsync(server.GrpcAddress);
            using var frames = new MemoryStream();
            await fourth.GetStream().CopyToAsync(frames).WaitAsync(ServerUnderTest.Patience);
            Assert.Contains("Maestro:Server:MaxConnections", Encoding.ASCII.GetString(frames.ToArray()), StringComparison.Ordinal);

            using var refused = GrpcChannel.ForAddress(server.GrpcAddress);
            var e = await Assert.ThrowsAsync<RpcException>(() => GetStatusAsync(refused));
            Assert.NotEqual(StatusCode.DeadlineExceeded, e.StatusCode);
        }

        await OpenAsync(server, 0);
        using var channel = GrpcChannel.ForAddress(server.GrpcAddress);
        await GetStatusAsync(channel);
    }

    private static async Task GetStatusAsync(GrpcChannel channel) =>
        await new AutoscalerControl.AutoscalerControlClient(channel).GetStatusAsync(
            new GetStatusRequest(), deadline: TimeProvider.System.GetUtcNow().UtcDateTime + ServerUnderTest.Patience);

    private static async Task<TcpClient> ConnectAsync(Uri address)
    {
        var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port).WaitAsync(ServerUnderTest.Patience);
        return client;
    }

    /// <summary>Waits until the server has taken in, or has let go, what was opened or closed here.</summary>
    private static async Task OpenAsync(ServerUnderTest server, int count)
    {
        using var patience = new CancellationTokenSource(ServerUnderTest.Patience);
        while (server.Get<ConnectionLimits>().Open != count)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, patience.Token);
        }
    }
}
