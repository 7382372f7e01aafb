using System.Diagnostics.Metrics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.Extensions.Options;

namespace Maestro.Telemetry.IntegrationTests.Service;

[Collection(ServerUnderTest.OneAtATime)]
public sealed class ConsoleTests
{
    private static readonly TimeSpan Patience = ServerUnderTest.Patience;

    [Fact]
    public async Task Page_HasSecurityHeadersAndIsNotSentAgain()
    {
        await using var server = await ServerUnderTest.StartAsync();

        using var page = await server.Console.GetAsync("/");
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Equal("text/html", page.Content.Headers.ContentType?.MediaType);
        Assert.Equal("nosniff", page.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Contains("default-src", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Empty(page.Headers.Server);

        using var again = new HttpRequestMessage(HttpMethod.Get, "/");
        again.Headers.IfNoneMatch.Add(page.Headers.ETag!);
        using var unchanged = await server.Console.SendAsync(again);
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
    }

    [Fact]
    public async Task Api_AnswersInJsonAndSaysWhatIsWrong()
    {
        await using var server = await ServerUnderTest.StartAsync();
        await server.ExportAsync(ServerUnderTest.Batch(1, 40));

        var status = JsonDocument.Parse(await server.Console.GetStringAsync("/api/v1/status")).RootElement;

        Assert.Equal("1", status.GetProperty("ingest").GetProperty("stored").GetString());
        Assert.Equal(HttpStatusCode.NotFound, await CodeAsync(server, "/api/v1/groups/1/forecast"));
        Assert.Equal(HttpStatusCode.BadRequest, await CodeAsync(server, "/api/v1/groups/1/forecast?resource=luck"));
        Assert.Equal(HttpStatusCode.NotFound, await CodeAsync(server, "/api/v1/groups/1/explain"));
        Assert.Equal(HttpStatusCode.OK, await CodeAsync(server, "/api/v1/decisions?group=1&limit=5"));
        Assert.Equal(HttpStatusCode.OK, await CodeAsync(server, "/api/v1/commands"));
        Assert.Equal(HttpStatusCode.BadRequest, await CodeAsync(server, "/api/v1/decisions?limit=many"));
    }

    [Fact]
    public async Task Events_BeginWithAStatus()
    {
        await using var server = await ServerUnderTest.StartAsync();

        using var response = await server.Console.GetAsync("/api/v1/events", HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());

        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("event: status", await reader.ReadLineAsync().WaitAsync(Patience));
        var data = await reader.ReadLineAsync().WaitAsync(Patience);
        Assert.StartsWith("data: ", data, StringComparison.Ordinal);
        Assert.Equal(3, JsonDocument.Parse(data![6..]).RootElement.GetProperty("gateways").GetArrayLength());
        Assert.Equal("", await reader.ReadLineAsync().WaitAsync(Patience));
    }

    [Theory]
    [InlineData("evil.example", HttpStatusCode.BadRequest)]
    [InlineData("localhost", HttpStatusCode.OK)]
    public async Task Host_ThatIsNotThisOne_IsRefused(string host, HttpStatusCode code)
    {
        await using var server = await ServerUnderTest.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/status");
        request.Headers.Host = host;

        using var response = await server.Console.SendAsync(request);

        Assert.Equal(code, response.StatusCode);
    }

    [Fact]
    public async Task Health_LiveAndReady_SayWhatItMeans()
    {
        await using var server = await ServerUnderTest.StartAsync();

        Assert.Equal(HttpStatusCode.OK, await CodeAsync(server, "/health/live"));
        Assert.Equal("Healthy", await ReadyAsync(server));
        server.Fabric.Problem = "No route.";
        await server.Get<Server.Fabrics.FabricReader>().ReadAsync(default);
        Assert.Equal("Degraded", await ReadyAsync(server));
        server.Get<Server.Ingest.StoreHealth>().Failed("The disk is full.");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await CodeAsync(server, "/health/ready"));
        Assert.Equal(HttpStatusCode.OK, await CodeAsync(server, "/health/live"));
    }

    [Fact]
    public async Task Metrics_AreInThePrometheusFormat()
    {
        await using var server = await ServerUnderTest.StartAsync();
        await server.ExportAsync(ServerUnderTest.Batch(1, 40, double.NaN));

        using var response = await server.Console.GetAsync("/metrics");
        var samples = Parse(await response.Content.ReadAsStringAsync());

        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", response.Content.Headers.ContentType?.ToString());
        Assert.Equal(1, samples["maestro_collector_rows_total{outcome=\"stored\"}"]);
        Assert.Equal(1, samples["maestro_collector_rows_total{outcome=\"refused\",reason=\"NotFinite\"}"]);
        Assert.Equal(0, samples["maestro_collector_rows_in_flight"]);
        Assert.Equal(1, samples["maestro_collector_commit_duration_seconds_bucket{le=\"+Inf\"}"]);
    }

    [Fact]
    public async Task Metrics_OfTwoServersInOneProcess_AreTheirOwn()
    {
        await using var busy = await ServerUnderTest.StartAsync();
        await using var idle = await ServerUnderTest.StartAsync();
        await busy.ExportAsync(ServerUnderTest.Batch(1, 40, 41));

        var samples = Parse(await idle.Console.GetStringAsync("/metrics"));

        Assert.Equal(0, samples.GetValueOrDefault("maestro_collector_rows_total{outcome=\"stored\"}"));
    }

    [Fact]
    public async Task Metrics_OfAMeterWithoutAFactory_AreNotTheServers()
    {
        await using var server = await ServerUnderTest.StartAsync();
        using var stray = new Meter("Maestro.Telemetry.Gaia");
        stray.CreateCounter<long>("maestro.stray", "{request}").Add(1);

        var samples = Parse(await server.Console.GetStringAsync("/metrics"));

        Assert.DoesNotContain(samples.Keys, static name => name.StartsWith("maestro_stray", StringComparison.Ordinal));
        Assert.Contains(samples.Keys, static name => name.StartsWith("dotnet_", StringComparison.Ordinal));
        Assert.Contains(samples.Keys, static name => name.StartsWith("kestrel_", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Start_AddressInUse_FailsWithTheAddress()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var address = $"http://{taken.LocalEndpoint}";

        var e = await Assert.ThrowsAnyAsync<IOException>(
            () => ServerUnderTest.StartAsync(("Maestro:Server:GrpcAddress", address)));

        Assert.Contains(address, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_OutsideLoopback_IsRefused()
    {
        var e = await Assert.ThrowsAsync<OptionsValidationException>(
            () => ServerUnderTest.StartAsync(("Maestro:Server:ConsoleAddress", "http://0.0.0.0:0")));

        Assert.Contains("only loopback addresses", Assert.Single(e.Failures), StringComparison.Ordinal);
    }

    private static async Task<HttpStatusCode> CodeAsync(ServerUnderTest server, string path)
    {
        using var response = await server.Console.GetAsync(path);
        return response.StatusCode;
    }

    private static async Task<string?> ReadyAsync(ServerUnderTest server) => JsonDocument
        .Parse(await server.Console.GetStringAsync("/health/ready")).RootElement.GetProperty("status").GetString();

    /// <summary>Samples by name and labels; fails on a line that is none, and on a sample whose type was not told.</summary>
    private static Dictionary<string, double> Parse(string text)
    {
        var samples = new Dictionary<string, double>(StringComparer.Ordinal);
        var types = new HashSet<string>(StringComparer.Ordinal);
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        foreach (var line in text.TrimEnd('\n').Split('\n'))
        {
            if (line.StartsWith('#'))
            {
                var words = line.Split(' ', 4);
                Assert.True(words is ["#", "HELP", _, _] or ["#", "TYPE", _, "counter" or "gauge" or "histogram"], line);
                Assert.True(words[1] == "HELP" || types.Add(words[2]), $"{words[2]} is told twice.");
                continue;
            }

            var end = line.LastIndexOf(' ');
            var name = line.Split('{', ' ')[0];
            Assert.True(
                types.Contains(name) || types.Any(t => name == t + "_bucket" || name == t + "_sum" || name == t + "_count"), line);
            samples.Add(line[..end], double.Parse(line[(end + 1)..], CultureInfo.InvariantCulture));
        }

        return samples;
    }
}
