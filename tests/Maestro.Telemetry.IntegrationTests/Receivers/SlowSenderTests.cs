using System.Net.Sockets;
using System.Text;
using Maestro.Telemetry.IntegrationTests.Service;
using Maestro.Telemetry.Server.Receivers.Intake;

namespace Maestro.Telemetry.IntegrationTests.Receivers;

/// <summary>Senders that trickle: they are cut off, and what they held is free again.</summary>
[Collection(ServerUnderTest.OneAtATime)]
public sealed class SlowSenderTests
{
    private const string Head = "POST /api/v1/write HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-protobuf\r\n"
        + "Content-Encoding: snappy\r\nContent-Length: 1000000\r\n";

    [Theory]
    [InlineData(Head + "\r\n", "HTTP/1.1 408")]
    [InlineData(Head, "HTTP/1.1 408")]
    public async Task Request_ThatTrickles_IsCutOff(string start, string expected)
    {
        await using var server = await ServerUnderTest.StartAsync();
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", server.ReceiverAddress.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(start));
        using var ended = new CancellationTokenSource();
        var trickling = TrickleAsync(stream, ended.Token);

        var answer = new byte[64];
        var read = await stream.ReadAtLeastAsync(answer, expected.Length, throwOnEndOfStream: false)
            .AsTask().WaitAsync(ServerUnderTest.Patience);
        await ended.CancelAsync();
        await trickling;

        Assert.StartsWith(expected, Encoding.ASCII.GetString(answer, 0, read), StringComparison.Ordinal);
        Assert.Equal(0, server.Get<ByteBudget>().Taken);
        using var quick = new ReceiverClient(server);
        using var next = await quick.WriteAsync(ReceiverClient.Write(TimeProvider.System.GetUtcNow(), 1));
        Assert.True(next.IsSuccessStatusCode);
    }

    private static async Task TrickleAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await stream.WriteAsync("x"u8.ToArray(), cancellationToken);
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, cancellationToken);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // Cut off, or the test is over.
        }
    }
}
