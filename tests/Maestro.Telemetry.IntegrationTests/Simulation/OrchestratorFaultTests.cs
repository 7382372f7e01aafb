using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Maestro.Telemetry.Simulator.Faults;

namespace Maestro.Telemetry.IntegrationTests.Simulation;

public sealed class OrchestratorFaultTests
{
    [Fact]
    public async Task Down_BreaksTheConnectionOff()
    {
        await using var test = await FabricUnderTest.StartAsync();
        test.Faults.Inject(new() { Kind = FaultKind.Down, Orchestrator = "1_1" });
        await Assert.ThrowsAsync<HttpRequestException>(() => test.Gaia.PostAsync("show-maestro-sites"));

        test.Faults.Clear();

        await test.Gaia.OkAsync("show-maestro-sites");
    }

    [Fact]
    public async Task Stopped_RefusesUntilStartedOnTheSamePort()
    {
        await using var test = await FabricUnderTest.StartAsync();
        var url = test.First.Url;

        await test.First.StopAsync(CancellationToken.None);
        await Assert.ThrowsAsync<HttpRequestException>(() => test.Gaia.PostAsync("show-maestro-sites"));
        await test.First.StartAsync(CancellationToken.None);

        Assert.Equal(url, test.First.Url);
        await test.Gaia.OkAsync("show-maestro-sites");
    }

    [Fact]
    public async Task Error500_HasAnErrorBody()
    {
        await using var test = await FabricUnderTest.StartAsync();
        test.Faults.Inject(new() { Kind = FaultKind.Error500, Command = "show-maestro-gateways", Count = 1 });

        var (status, reply) = await test.Gaia.PostAsync("show-maestro-gateways");

        Assert.Equal(HttpStatusCode.InternalServerError, status);
        Assert.NotNull(reply["code"]);
        await test.Gaia.OkAsync("show-maestro-gateways");
    }

    [Fact]
    public async Task Html503_IsNoJson()
    {
        await using var test = await FabricUnderTest.StartAsync();
        test.Faults.Inject(new() { Kind = FaultKind.Html503, Count = 1 });

        using var response = await test.Gaia.SendAsync(
            "/gaia_api/show-maestro-sites", JsonContent.Create(new JsonObject()));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal("text/html", response.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task Slow_StillAnswers()
    {
        await using var test = await FabricUnderTest.StartAsync();
        test.Faults.Inject(new() { Kind = FaultKind.Slow, DelaySeconds = 0.2, Count = 1 });
        var from = TimeProvider.System.GetTimestamp();

        await test.Gaia.OkAsync("show-maestro-sites");

        Assert.True(TimeProvider.System.GetElapsedTime(from) > TimeSpan.FromSeconds(0.15));
    }

    [Theory]
    [InlineData(FaultKind.Unauthorized)]
    [InlineData(FaultKind.ExpireSessions)]
    public async Task SessionFaults_AreUnauthorized(FaultKind kind)
    {
        await using var test = await FabricUnderTest.StartAsync();
        test.Faults.Inject(new() { Kind = kind, Count = 1 });

        Assert.Equal(HttpStatusCode.Unauthorized, (await test.Gaia.PostAsync("show-maestro-sites")).Status);
    }

    [Fact]
    public async Task ApplyLost_DeploysAndNeverReplies()
    {
        await using var test = await FabricUnderTest.StartAsync();
        await StageAsync(test);
        test.Faults.Inject(new() { Kind = FaultKind.ApplyLost });

        await Assert.ThrowsAsync<HttpRequestException>(() => test.Gaia.PostAsync(FabricUnderTest.Apply));

        Assert.Equal(1, test.Fabric.View().Find(FabricUnderTest.Free)!.Group);
    }

    [Fact]
    public async Task ApplyFails_DeploysNothing()
    {
        await using var test = await FabricUnderTest.StartAsync();
        await StageAsync(test);
        test.Faults.Inject(new() { Kind = FaultKind.ApplyFails });

        Assert.Equal(HttpStatusCode.InternalServerError, (await test.Gaia.PostAsync(FabricUnderTest.Apply)).Status);

        var gateway = test.Fabric.View().Find(FabricUnderTest.Free)!;
        Assert.Equal((0, 1), (gateway.Group, gateway.PendingGroup));
        await test.Gaia.OkAsync(FabricUnderTest.Apply);
    }

    private static Task<JsonObject> StageAsync(FabricUnderTest test) =>
        test.Gaia.OkAsync("set-maestro-gateway", new() { ["id"] = FabricUnderTest.Free, ["security-group"] = 1 });
}
