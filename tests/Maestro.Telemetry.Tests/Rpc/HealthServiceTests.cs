using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ServingStatus = Grpc.Health.V1.HealthCheckResponse.Types.ServingStatus;

namespace Maestro.Telemetry.Tests.Rpc;

public sealed class HealthServiceTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(HealthStatus.Healthy, ServingStatus.Serving)]
    [InlineData(HealthStatus.Degraded, ServingStatus.Serving)]
    [InlineData(HealthStatus.Unhealthy, ServingStatus.NotServing)]
    public async Task Check_FollowsTheHealthChecks(HealthStatus health, ServingStatus expected)
    {
        await using var app = await StartAsync(() => health);

        var response = await Client(app).CheckAsync(new HealthCheckRequest()).ResponseAsync.WaitAsync(Limit);

        Assert.Equal(expected, response.Status);
    }

    [Fact]
    public async Task Check_OfAMappedService_CountsItsChecksOnly()
    {
        await using var app = await StartAsync(() => HealthStatus.Unhealthy);

        var response = await Client(app)
            .CheckAsync(new HealthCheckRequest { Service = "other" }).ResponseAsync.WaitAsync(Limit);

        Assert.Equal(ServingStatus.Serving, response.Status);
    }

    [Fact]
    public async Task Check_OfAnUnknownService_IsNotFound()
    {
        await using var app = await StartAsync(() => HealthStatus.Healthy);

        var failure = await Assert.ThrowsAsync<RpcException>(() => Client(app)
            .CheckAsync(new HealthCheckRequest { Service = "unknown" }).ResponseAsync.WaitAsync(Limit));

        Assert.Equal(StatusCode.NotFound, failure.StatusCode);
    }

    [Fact]
    public async Task Watch_TellsTheStatusItsChangesAndThatTheServerStops()
    {
        await using var app = await StartAsync(() => HealthStatus.Healthy);
        using var call = Client(app).Watch(new HealthCheckRequest());
        Assert.Equal(ServingStatus.Serving, await NextAsync(call));

        var publisher = app.Services.GetServices<IHealthCheckPublisher>().Single();
        var entry = new HealthReportEntry(HealthStatus.Unhealthy, null, TimeSpan.Zero, null, null);
        var entries = new Dictionary<string, HealthReportEntry> { ["store"] = entry };
        await publisher.PublishAsync(new HealthReport(entries, TimeSpan.Zero), CancellationToken.None);
        Assert.Equal(ServingStatus.NotServing, await NextAsync(call));
        await publisher.PublishAsync(
            new HealthReport(new Dictionary<string, HealthReportEntry>(), TimeSpan.Zero), CancellationToken.None);
        Assert.Equal(ServingStatus.Serving, await NextAsync(call));

        app.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();

        Assert.Equal(ServingStatus.NotServing, await NextAsync(call));
        Assert.False(await call.ResponseStream.MoveNext().WaitAsync(Limit));
    }

    [Fact]
    public async Task Watch_OfAnUnknownService_SaysSo()
    {
        await using var app = await StartAsync(() => HealthStatus.Healthy);
        using var call = Client(app).Watch(new HealthCheckRequest { Service = "unknown" });

        Assert.Equal(ServingStatus.ServiceUnknown, await NextAsync(call));
    }

    private static async Task<ServingStatus> NextAsync(AsyncServerStreamingCall<HealthCheckResponse> call)
    {
        Assert.True(await call.ResponseStream.MoveNext().WaitAsync(Limit));
        return call.ResponseStream.Current.Status;
    }

    private static Health.HealthClient Client(WebApplication app) => new(GrpcChannel.ForAddress(
        "http://localhost", new GrpcChannelOptions { HttpHandler = app.GetTestServer().CreateHandler() }));

    private static async Task<WebApplication> StartAsync(Func<HealthStatus> health)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseTestServer();
        builder.Services.AddGrpc();
        builder.Services
            .AddGrpcHealthChecks(options => options.Services.Map("other", check => check.Tags.Contains("other")))
            .AddCheck("store", () => new HealthCheckResult(health()));
        var app = builder.Build();
        app.MapGrpcHealthChecksService();
        await app.StartAsync();
        return app;
    }
}
