using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Grpc.Core;
using Maestro.Telemetry.IntegrationTests.Service;
using Maestro.Telemetry.Protocol.V1;
using Maestro.Telemetry.Series;
using Maestro.Telemetry.Server.Access;
using Maestro.Telemetry.Server.Listening;
using Microsoft.AspNetCore.Routing;

namespace Maestro.Telemetry.IntegrationTests.Access;

[Collection(ServerUnderTest.OneAtATime)]
public sealed class AccessTests
{
    private static readonly TimeSpan Patience = ServerUnderTest.Patience;

    [Fact]
    public async Task Surfaces_WithoutCredentials_AnswerOnlyWhatIsForAnybody()
    {
        await using var server = await ServerUnderTest.StartAsync(AccessUnderTest.Required);

        Assert.Equal(HttpStatusCode.OK, await CodeAsync(server, "/"));
        Assert.Equal(HttpStatusCode.OK, await CodeAsync(server, "/js/app.js"));
        Assert.Equal(HttpStatusCode.OK, await CodeAsync(server, "/health/live"));
        Assert.Equal(HttpStatusCode.OK, await CodeAsync(server, "/health/ready"));
        Assert.Equal(HttpStatusCode.Unauthorized, await CodeAsync(server, "/api/v1/status"));
        Assert.Equal(HttpStatusCode.Unauthorized, await CodeAsync(server, "/api/v1/events"));
        Assert.Equal(HttpStatusCode.Unauthorized, await CodeAsync(server, "/metrics"));
        var ready = JsonDocument.Parse(await server.Console.GetStringAsync("/health/ready")).RootElement;
        Assert.False(ready.TryGetProperty("checks", out _));
        Assert.Equal(StatusCode.Unauthenticated, await StatusAsync(() => server.StatusAsync()));
        Assert.Equal(StatusCode.Unauthenticated, await StatusAsync(() => server.ExportAsync(ServerUnderTest.Batch(1, 40))));
    }

    [Fact]
    public async Task Endpoints_AllStateWhoTheyAreFor()
    {
        await using var server = await ServerUnderTest.StartAsync();

        var silent = server.Get<EndpointDataSource>().Endpoints
            .Where(e => e.Metadata.GetMetadata<AccessMetadata>() is null)
            .Where(e => e.Metadata.GetMetadata<SurfaceMetadata>() is not { Surfaces: Surface.OtlpGrpc or Surface.Receiver })
            .Select(e => e.DisplayName);

        // What no service has is answered for operators alone: that there is nothing.
        Assert.All(silent, name => Assert.Contains("nimplemented", name, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(CallerRole.Viewer, true, false, false)]
    [InlineData(CallerRole.Operator, true, true, false)]
    [InlineData(CallerRole.Agent, false, false, true)]
    public async Task Token_OfARole_MayWhatItsRoleMay(CallerRole role, bool reads, bool pauses, bool reports)
    {
        await using var server = await ServerUnderTest.StartAsync(AccessUnderTest.Required);
        var token = await server.CreateTokenAsync("someone", role, "S1");
        var headers = AccessUnderTest.Bearer(token);

        using var request = AccessUnderTest.Get("/metrics", new AuthenticationHeaderValue("Bearer", token));
        using var metrics = await server.Console.SendAsync(request);
        var status = await StatusAsync(async () => await server.Control.GetStatusAsync(new GetStatusRequest(), headers));
        var pause = await StatusAsync(async () => await server.Control.PauseAsync(
            new PauseRequest { Reason = "Test.", Actor = "somebody else" }, headers));
        var export = await StatusAsync(async () => await server.Collector.ExportAsync(
            new ExportRequest { Hello = ServerUnderTest.Hello(), Batch = ServerUnderTest.Batch(1, 40) }, headers));

        Assert.Equal(reads ? HttpStatusCode.OK : HttpStatusCode.Forbidden, metrics.StatusCode);
        Assert.Equal(reads ? StatusCode.OK : StatusCode.PermissionDenied, status);
        Assert.Equal(pauses ? StatusCode.OK : StatusCode.PermissionDenied, pause);
        Assert.Equal(reports ? StatusCode.OK : StatusCode.PermissionDenied, export);
        if (pauses)
        {
            // Not the name that the request has stated.
            var paused = await server.Control.GetStatusAsync(new GetStatusRequest(), headers);
            Assert.Equal("someone", Assert.Single(paused.Pause.Pauses).Actor);
        }
    }

    [Fact]
    public async Task Samples_WithAnotherAgentsToken_ReachNeitherTheStoreNorThePlan()
    {
        await using var server = await ServerUnderTest.StartAsync(AccessUnderTest.Required);
        var own = AccessUnderTest.Bearer(await server.CreateTokenAsync("agent-1", CallerRole.Agent, "S1"));
        var others = AccessUnderTest.Bearer(await server.CreateTokenAsync("agent-2", CallerRole.Agent, "S2"));
        await server.Collector.ExportAsync(
            new ExportRequest { Hello = ServerUnderTest.Hello("S1"), Batch = ServerUnderTest.Batch(1, 85) }, own);

        // An idle S1, told by whom S1 does not belong to, would make its group look too large.
        var unary = await Assert.ThrowsAsync<RpcException>(async () => await server.Collector.ExportAsync(
            new ExportRequest { Hello = ServerUnderTest.Hello("S1"), Batch = ServerUnderTest.Batch(1, 0, 0, 0) }, others));
        using var stream = server.Collector.Stream(others);
        await stream.RequestStream.WriteAsync(new StreamRequest { Hello = ServerUnderTest.Hello("S1") }).WaitAsync(Patience);
        var streamed = await Assert.ThrowsAsync<RpcException>(() => stream.ResponseStream.MoveNext(default).WaitAsync(Patience));

        Assert.Equal(StatusCode.PermissionDenied, unary.StatusCode);
        Assert.Equal(StatusCode.PermissionDenied, streamed.StatusCode);
        Assert.StartsWith("'agent-2' may not report samples of serial S1;", unary.Status.Detail, StringComparison.Ordinal);
        Assert.Equal(85, Assert.Single(await server.StoredAsync("S1")).Values[MetricId.CpuMeanPercent]);
        Assert.Equal(85, server.Get<Server.Ingest.LatestBoard>().ValueOf(new("S1"), MetricId.CpuMeanPercent));
    }

    [Fact]
    public async Task Stream_WhoseTokenIsRevoked_EndsWithinSeconds()
    {
        await using var server = await ServerUnderTest.StartAsync(AccessUnderTest.Required);
        var headers = AccessUnderTest.Bearer(await server.CreateTokenAsync("agent-1", CallerRole.Agent, "S1"));
        using var stream = server.Collector.Stream(headers);
        await stream.RequestStream.WriteAsync(new StreamRequest { Hello = ServerUnderTest.Hello("S1") });
        Assert.True(await stream.ResponseStream.MoveNext(default).WaitAsync(Patience));

        await server.Tokens().RevokeAsync("agent-1", default);

        await Assert.ThrowsAsync<RpcException>(() => stream.ResponseStream.MoveNext(default).WaitAsync(Patience));
        using var again = server.Collector.Stream(headers);
        var e = await Assert.ThrowsAsync<RpcException>(() => again.ResponseStream.MoveNext(default).WaitAsync(Patience));
        Assert.Equal(StatusCode.Unauthenticated, e.StatusCode);
    }

    [Fact]
    public async Task Basic_TakesTokensAndConfiguredUsers()
    {
        await using var server = await ServerUnderTest.StartAsync(
            AccessUnderTest.Required,
            ("Maestro:Access:Users:0:Name", "anna"),
            ("Maestro:Access:Users:0:PasswordHash", PasswordHash.Create("a long password").ToString()));
        var token = await server.CreateTokenAsync("grafana", CallerRole.Viewer);

        Assert.Equal(HttpStatusCode.OK, await CodeAsync(server, "/metrics", AccessUnderTest.Basic("grafana", token)));
        Assert.Equal(HttpStatusCode.OK, await CodeAsync(server, "/metrics", AccessUnderTest.Basic("anna", "a long password")));
        Assert.Equal(HttpStatusCode.Unauthorized, await CodeAsync(server, "/metrics", AccessUnderTest.Basic("anna", token)));
        Assert.Equal(HttpStatusCode.Unauthorized, await CodeAsync(server, "/metrics", AccessUnderTest.Basic("anna", "wrong")));
        Assert.Equal(HttpStatusCode.Unauthorized, await CodeAsync(server, "/metrics", AccessUnderTest.Basic("berta", "wrong")));
    }

    [Fact]
    public async Task WrongCredentials_OnLoopbackThatAsksNobody_AreRefusedAllTheSame()
    {
        await using var server = await ServerUnderTest.StartAsync();

        Assert.Equal(HttpStatusCode.OK, await CodeAsync(server, "/metrics"));
        Assert.Equal(
            HttpStatusCode.Unauthorized,
            await CodeAsync(server, "/metrics", new AuthenticationHeaderValue("Bearer", TokenSecret.Create())));
    }

    [Fact]
    public async Task FailedLogIns_AreThrottled_AndAGoodTokenIsNot()
    {
        await using var server = await ServerUnderTest.StartAsync(
            AccessUnderTest.Required, ("Maestro:Access:FailuresAllowed", "3"), ("Maestro:Access:FailureWindow", "01:00:00"));
        var token = await server.CreateTokenAsync("viewer", CallerRole.Viewer);
        var guess = new AuthenticationHeaderValue("Bearer", TokenSecret.Create());
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, await CodeAsync(server, "/metrics", guess));
        }

        using var request = AccessUnderTest.Get("/metrics", guess);
        using var blocked = await server.Console.SendAsync(request);
        var call = await Assert.ThrowsAsync<RpcException>(async () => await server.Control.GetStatusAsync(
            new GetStatusRequest(), AccessUnderTest.Bearer(TokenSecret.Create())));

        Assert.Equal(HttpStatusCode.TooManyRequests, blocked.StatusCode);
        Assert.InRange(blocked.Headers.RetryAfter?.Delta?.TotalSeconds ?? 0, 1_000, 1_200);
        Assert.Equal(StatusCode.ResourceExhausted, call.StatusCode);
        Assert.Equal(
            HttpStatusCode.OK, await CodeAsync(server, "/metrics", new AuthenticationHeaderValue("Bearer", token)));
    }

    [Fact]
    public async Task Session_OpensWithATokenAndEndsWithIt()
    {
        await using var server = await ServerUnderTest.StartAsync(AccessUnderTest.Required);
        var token = await server.CreateTokenAsync("anna", CallerRole.Viewer);

        using var wrong = await server.Console.PostAsJsonAsync("/api/v1/session", new { secret = TokenSecret.Create() });
        using var opened = await server.Console.PostAsJsonAsync("/api/v1/session", new { secret = token });

        Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        Assert.Empty(wrong.Headers.WwwAuthenticate);
        Assert.Equal(HttpStatusCode.OK, opened.StatusCode);
        var cookie = Assert.Single(opened.Headers.GetValues("Set-Cookie"));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(token, cookie, StringComparison.Ordinal);

        // The client keeps the cookie.
        Assert.Equal(HttpStatusCode.OK, await CodeAsync(server, "/api/v1/status"));
        var who = await server.Console.GetFromJsonAsync<JsonElement>("/api/v1/session");
        Assert.Equal("anna", who.GetProperty("name").GetString());
        await server.Tokens().RevokeAsync("anna", default);
        server.Get<TokenBook>().Refresh();
        Assert.Equal(HttpStatusCode.Unauthorized, await CodeAsync(server, "/api/v1/status"));
    }

    [Fact]
    public async Task Session_AfterALogOut_IsOver()
    {
        await using var server = await ServerUnderTest.StartAsync(AccessUnderTest.Required);
        var token = await server.CreateTokenAsync("anna", CallerRole.Viewer);
        using var opened = await server.Console.PostAsJsonAsync("/api/v1/session", new { name = "anna", secret = token });
        var cookie = opened.Headers.GetValues("Set-Cookie").Single().Split(';')[0];

        using var closed = await server.Console.DeleteAsync("/api/v1/session");
        using var request = AccessUnderTest.Get("/api/v1/status");
        request.Headers.Add("Cookie", cookie);
        using var replayed = await server.Console.SendAsync(request);

        Assert.Equal(HttpStatusCode.NoContent, closed.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, replayed.StatusCode);
    }

    [Theory]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    public async Task Post_OfAPageFromElsewhere_IsRefused(string header, string value)
    {
        await using var server = await ServerUnderTest.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/session")
        {
            Content = JsonContent.Create(new { secret = "x" }),
        };
        request.Headers.Add(header, value);

        using var response = await server.Console.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    private static async Task<HttpStatusCode> CodeAsync(
        ServerUnderTest server, string path, AuthenticationHeaderValue? authorization = null)
    {
        using var request = AccessUnderTest.Get(path, authorization);
        using var response = await server.Console.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return response.StatusCode;
    }

    private static async Task<StatusCode> StatusAsync(Func<Task> call)
    {
        try
        {
            await call().WaitAsync(Patience);
            return StatusCode.OK;
        }
        catch (RpcException e)
        {
            return e.StatusCode;
        }
    }
}
