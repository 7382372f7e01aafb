using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Maestro.Telemetry.IntegrationTests.Service;

/// <summary>A collector of OpenTelemetry that takes everything over HTTP and keeps it.</summary>
internal sealed class OtlpSink : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<(string Path, string Body)> _received = new();
    private readonly SemaphoreSlim _arrived = new(0);

    private OtlpSink(WebApplication app) => _app = app;

    public string Address => _app.Urls.First();

    public static async Task<OtlpSink> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var sink = new OtlpSink(builder.Build());
        sink._app.MapPost("/v1/{signal}", sink.TakeAsync);
        await sink._app.StartAsync();
        return sink;
    }

    /// <summary>Waits for a request to the path that has each of the texts in its strings.</summary>
    public async Task WaitForAsync(string path, params string[] texts)
    {
        using var patience = new CancellationTokenSource(ServerUnderTest.Patience);
        while (!_received.Any(r => r.Path == path && texts.All(t => r.Body.Contains(t, StringComparison.Ordinal))))
        {
            await _arrived.WaitAsync(patience.Token);
        }
    }

    public ValueTask DisposeAsync()
    {
        _arrived.Dispose();
        return _app.DisposeAsync();
    }

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);

        // Strings of Protobuf are there as they are; Latin-1 keeps every byte.
        _received.Enqueue((context.Request.Path, Encoding.Latin1.GetString(body.ToArray())));
        _arrived.Release();
    }
}
