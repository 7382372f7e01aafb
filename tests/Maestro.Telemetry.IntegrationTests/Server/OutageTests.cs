using System.Net;
using System.Text.Json;
using Grpc.Core;
using Maestro.Telemetry.IntegrationTests.Storage;
using Maestro.Telemetry.Protocol.V1;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Maestro.Telemetry.IntegrationTests.Service;

[Collection(ServerUnderTest.OneAtATime)]
public sealed class OutageTests
{
    [Fact]
    public async Task Ledger_ThatIsGone_IsToldToCallersOfBothDoors()
    {
        await using var server = await StartWithoutLedgerAsync();

        var failure = await Assert.ThrowsAsync<RpcException>(() => server.Control
            .ListCommandsAsync(new ListCommandsRequest()).ResponseAsync.WaitAsync(ServerUnderTest.Patience));
        using var answer = await server.Console.GetAsync(new Uri("/api/v1/commands", UriKind.Relative));

        Assert.Equal((StatusCode.Unavailable, BrokenLedger.Reason), (failure.StatusCode, failure.Status.Detail));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal(BrokenLedger.Reason, problem.RootElement.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task Command_ToAServerThatAnswersUnavailable_PrintsTheServersReason()
    {
        await using var server = await StartWithoutLedgerAsync();
        using var directory = new TemporaryDirectory();

        var (code, _, errors) = await MaestroProcess.RunAsync(
            directory.Path,
            TimeSpan.FromSeconds(60),
            "approve", "c1", "--server", server.GrpcAddress.ToString());

        Assert.Equal(1, code);
        Assert.Equal(BrokenLedger.Reason, errors.TrimEnd());
    }

    [Fact]
    public async Task BackgroundService_ThatFails_StopsTheServerAsFaulted()
    {
        var trigger = new TaskCompletionSource();
        await using var server = await ServerUnderTest.StartAsync(
            services => services.AddHostedService(_ => new FailingService(trigger.Task)));
        Assert.False(server.Faulted);

        trigger.SetResult();
        await server.StoppedAsync();

        Assert.True(server.Faulted);
    }

    [Fact]
    public async Task Console_OnAnotherLoopbackAddress_IsAnsweredThere()
    {
        await using var server = await ServerUnderTest.StartAsync(
            ("Maestro:Server:ConsoleAddress", "http://127.0.0.2:0"));

        using var answer = await server.Console.GetAsync(new Uri("/health/live", UriKind.Relative));

        Assert.Equal("127.0.0.2", server.Console.BaseAddress!.Host);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private static Task<ServerUnderTest> StartWithoutLedgerAsync() =>
        ServerUnderTest.StartAsync(services => services.AddSingleton(BrokenLedger.Create()));

    private sealed class FailingService(Task trigger) : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            await trigger.WaitAsync(stoppingToken);
            throw new InvalidOperationException("said the test");
        }
    }
}
