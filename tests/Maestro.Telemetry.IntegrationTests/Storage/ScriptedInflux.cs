using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Maestro.Telemetry.IntegrationTests.Storage;

/// <summary>
/// A server that answers as the documentation of InfluxDB 1.x, 2.x and 3.x says, and writes down what it was asked. It
/// stores nothing but the lines that were taken.
/// </summary>
internal sealed class ScriptedInflux : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Lock _lock = new();

    private ScriptedInflux(WebApplication app) => _app = app;

    public Uri Url => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <summary>What the header X-Influxdb-Version says.</summary>
    public string Version { get; set; } = "1.8.10";

    /// <summary>Status and body for the lines of a write; null takes them.</summary>
    public Func<IReadOnlyList<string>, (int Status, string Body)?> OnWrite { get; set; } = _ => null;

    /// <summary>The header Retry-After of what is not taken; null for none.</summary>
    public string? RetryAfter { get; set; }

    /// <summary>Status and body for a statement.</summary>
    public Func<string, (int Status, string Body)> OnQuery { get; set; } = _ => (200, """{"results":[{"statement_id":0}]}""");

    /// <summary>Method, path and query of each request, with its authorization, then its encoding when it has one.</summary>
    public List<string> Requests { get; } = [];

    public List<string> Statements { get; } = [];

    /// <summary>The lines that were taken.</summary>
    public List<string> Lines { get; } = [];

    public static async Task<ScriptedInflux> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var server = new ScriptedInflux(app);
        app.Run(server.AnswerAsync);
        await app.StartAsync();
        return server;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var request = context.Request;
        lock (_lock)
        {
            Requests.Add($"{request.Method} {request.Path}{request.QueryString} [{request.Headers.Authorization}]");
        }

        context.Response.Headers["X-Influxdb-Version"] = Version;
        var (status, body) = request.Path.Value switch
        {
            "/ping" => (204, ""),
            "/write" => await TakeAsync(request),
            _ => Query((await request.ReadFormAsync())["q"].ToString()),
        };
        context.Response.StatusCode = status;
        if (status >= 400 && RetryAfter is { } wait)
        {
            context.Response.Headers.RetryAfter = wait;
        }

        if (status != 204)
        {
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(body);
        }
    }

    private async Task<(int Status, string Body)> TakeAsync(HttpRequest request)
    {
        lock (_lock)
        {
            Requests.AddRange(request.Headers.ContentEncoding.ToArray().OfType<string>());
        }

        Stream body = request.Headers.ContentEncoding == "gzip"
            ? new GZipStream(request.Body, CompressionMode.Decompress)
            : request.Body;
        using var reader = new StreamReader(body, Encoding.UTF8);
        var lines = (await reader.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lock (_lock)
        {
            var answer = OnWrite(lines);
            if (answer is null)
            {
                Lines.AddRange(lines);
            }

            return answer ?? (204, "");
        }
    }

    private (int Status, string Body) Query(string statement)
    {
        lock (_lock)
        {
            Statements.Add(statement);
            return OnQuery(statement);
        }
    }
}
