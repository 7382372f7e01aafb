using System.Net;
using System.Net.Http.Headers;
using Maestro.Telemetry.IntegrationTests.Access;
using Maestro.Telemetry.IntegrationTests.Service;
using Maestro.Telemetry.Protocol.Otlp;
using Maestro.Telemetry.Series;
using Maestro.Telemetry.Server.Access;
using Maestro.Telemetry.Server.Receivers.Intake;

namespace Maestro.Telemetry.IntegrationTests.Receivers;

/// <summary>Who may report what over HTTP.</summary>
[Collection(ServerUnderTest.OneAtATime)]
public sealed class ReceiverAccessTests
{
    // The first row of an SGM is whole as soon as it is answered.
    private static readonly (string, string)[] Settings =
    [
        AccessUnderTest.Required,
        ("Maestro:Receivers:Window", "00:00:00.050"), ("Maestro:Receivers:CloseAfter", "00:00:00.050"),
    ];

    private readonly DateTimeOffset _now = TimeProvider.System.GetUtcNow();

    [Fact]
    public async Task Post_WithoutCredentialsOrWithAnotherRole_IsRefused()
    {
        await using var server = await ServerUnderTest.StartAsync(AccessUnderTest.Required);
        using var client = new ReceiverClient(server);
        var viewer = new AuthenticationHeaderValue("Bearer", await server.CreateTokenAsync("anna", CallerRole.Viewer));

        using var write = await client.WriteAsync(ReceiverClient.Write(_now, 1));
        using var export = await client.OtlpAsync(ReceiverClient.Export(_now, 1));
        using var reader = await client.WriteAsync(ReceiverClient.Write(_now, 1), authorization: viewer);

        Assert.Equal(HttpStatusCode.Unauthorized, write.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, export.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, reader.StatusCode);
        Assert.Empty(await server.StoredAsync("S1"));
    }

    [Fact]
    public async Task Otlp_WithATokenOfAnotherSgm_IsPartialSuccessAndStoresItsOwnOnly()
    {
        await using var server = await ServerUnderTest.StartAsync(Settings);
        using var client = new ReceiverClient(server);
        var other = new AuthenticationHeaderValue(
            "Bearer", await server.CreateTokenAsync("agent-2", CallerRole.Agent, "S2"));

        using var answer = await client.OtlpAsync(ReceiverClient.Export(_now, 1, 2), authorization: other);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var partial = ExportMetricsServiceResponse.Parser.ParseFrom(await answer.Content.ReadAsByteArrayAsync())
            .PartialSuccess;
        Assert.Equal(1, partial.RejectedDataPoints);
        Assert.Contains(nameof(RefusalReason.NotPermitted), partial.ErrorMessage, StringComparison.Ordinal);
        Assert.Empty(await server.StoredAsync("S1"));
        Assert.Equal(102, Assert.Single(await server.StoredAsync("S2")).Values[MetricId.ConnectionsPerSecond]);
        Assert.Equal((1, 1), (server.Get<ReceiverCounters>().Taken, server.Get<ReceiverCounters>().Refused));
    }

    [Fact]
    public async Task Write_WithATokenOfAnotherSgm_StoresNothingOfIt()
    {
        await using var server = await ServerUnderTest.StartAsync(Settings);
        using var client = new ReceiverClient(server);
        var token = await server.CreateTokenAsync("agent-2", CallerRole.Agent, "S2");

        using var answer = await client.WriteAsync(
            ReceiverClient.Write(_now, 1, 2), authorization: AccessUnderTest.Basic("agent-2", token));

        // As remote write has it: what is not taken must not come again.
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal("1", Assert.Single(answer.Headers.GetValues("X-Prometheus-Remote-Write-Samples-Written")));
        Assert.Empty(await server.StoredAsync("S1"));
        Assert.Single(await server.StoredAsync("S2"));
        Assert.Equal(1, server.Get<ReceiverCounters>().Refused);
    }
}
