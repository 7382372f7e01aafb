using System.Net;
using Maestro.Telemetry.IntegrationTests.Service;
using Maestro.Telemetry.Server.Ingest;
using Maestro.Telemetry.Server.Ingest.Spooling;
using Microsoft.Extensions.DependencyInjection;

namespace Maestro.Telemetry.IntegrationTests.Receivers;

/// <summary>Senders over HTTP while the store takes nothing: they are told when to come back, and nothing is lost.</summary>
[Collection(ServerUnderTest.OneAtATime)]
public sealed class ReceiverBackpressureTests
{
    private static readonly (string, string)[] Quick =
    [
        ("Maestro:Receivers:Window", "00:00:00.010"), ("Maestro:Receivers:CloseAfter", "00:00:00.010"),
        ("Maestro:Ingest:QueueBatches", "1"), ("Maestro:Ingest:CommitDelay", "00:00:00"),
    ];

    private readonly DateTimeOffset _now = TimeProvider.System.GetUtcNow();

    [Fact]
    public async Task Write_WhileTheQueueIsFull_IsAskedToComeBackAndWhatWasTakenIsCommitted()
    {
        var commit = new GatedCommit();
        await using var server = await ServerUnderTest.StartAsync(
            services => services.AddSingleton<ICommitPath>(commit), Quick);
        using var client = new ReceiverClient(server);

        var (waiting, refused) = await FillAsync(client);

        using (refused)
        {
            Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
            Assert.Equal(TimeSpan.FromSeconds(1), refused.Headers.RetryAfter?.Delta);
        }

        commit.Open();
        foreach (var request in waiting)
        {
            using var answer = await request.WaitAsync(ServerUnderTest.Patience);
            Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        }

        Assert.Equal(waiting.Count, commit.Rows);
    }

    [Fact]
    public async Task Write_WhileStoreAndSpoolAreFull_IsAskedToComeBackUntilTheyAreNot()
    {
        await using var server = await ServerUnderTest.StartAsync(Quick);
        using var client = new ReceiverClient(server);
        var gate = server.Get<StoreGate>();
        gate.Spooled(taken: false);

        var (waiting, refused) = await FillAsync(client);

        using (refused)
        {
            Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
            Assert.NotNull(refused.Headers.RetryAfter?.Delta);
        }

        Assert.Empty(await server.StoredAsync("S1"));
        gate.Open();
        foreach (var request in waiting)
        {
            using var answer = await request.WaitAsync(ServerUnderTest.Patience);
            Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        }

        Assert.Equal(waiting.Count, (await server.StoredAsync("S1")).Count);
    }

    [Fact]
    public async Task Write_ThatIsNotCommittedInTime_IsUnavailableAndMayBeSentAgain()
    {
        var commit = new GatedCommit();
        await using var server = await ServerUnderTest.StartAsync(
            services => services.AddSingleton<ICommitPath>(commit),
            [.. Quick, ("Maestro:Receivers:RequestTimeout", "00:00:01")]);
        using var client = new ReceiverClient(server);

        using var late = await client.WriteAsync(ReceiverClient.Write(_now, 1));
        commit.Open();
        using var again = await client.WriteAsync(ReceiverClient.Write(_now, 1));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, late.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(5), late.Headers.RetryAfter?.Delta);
        Assert.Contains("within 1 s", await late.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NoContent, again.StatusCode);
    }

    /// <summary>Sends rows of one second after the other until one is answered: the others wait.</summary>
    private async Task<(List<Task<HttpResponseMessage>> Waiting, HttpResponseMessage Refused)> FillAsync(ReceiverClient client)
    {
        var waiting = new List<Task<HttpResponseMessage>>();
        for (var second = 0; second < 20; second++)
        {
            var request = client.WriteAsync(ReceiverClient.Write(_now.AddSeconds(second - 20), 1));
            if (await Task.WhenAny(request, Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System)) == request)
            {
                return (waiting, await request);
            }

            waiting.Add(request);
        }

        throw new InvalidOperationException("Twenty requests wait, and none was refused.");
    }
}
