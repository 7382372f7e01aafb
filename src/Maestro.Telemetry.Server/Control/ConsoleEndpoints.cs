using Google.Protobuf;
using Maestro.Telemetry.Series;
using Maestro.Telemetry.Server.Access;
using Maestro.Telemetry.WebConsole;
using Microsoft.AspNetCore.Http.Features;

namespace Maestro.Telemetry.Server.Control;

/// <summary>The console's page and what it reads: the messages of the control API as JSON, for reading only.</summary>
internal static class ConsoleEndpoints
{
    private const string Json = "application/json";
    private static readonly TimeSpan EventInterval = TimeSpan.FromSeconds(1);
    private static readonly JsonFormatter Formatter = new(JsonFormatter.Settings.Default.WithFormatDefaultValues(true));

    extension(IEndpointRouteBuilder endpoints)
    {
        public void MapConsole()
        {
            // The page itself shows nothing of the fabric, and asks for the log-in.
            endpoints.MapGet("/", (HttpContext context) => WriteAssetAsync(context, ConsoleAssets.Find("/")!)).ForAnybody();
            foreach (var asset in ConsoleAssets.All)
            {
                endpoints.MapGet($"/{asset.Path}", (HttpContext context) => WriteAssetAsync(context, asset)).ForAnybody();
            }

            endpoints.MapGet("/api/v1/status", async (StatusBuilder status, CancellationToken cancellationToken) =>
                Answer(await status.BuildAsync(cancellationToken)));
            endpoints.MapGet("/api/v1/events", WriteEventsAsync);
            endpoints.MapGet("/api/v1/groups/{id:int}/forecast", GetForecastAsync);
            endpoints.MapGet("/api/v1/groups/{id:int}/explain", ExplainAsync);
            endpoints.MapGet("/api/v1/decisions", async (
                int? group, int? limit, ControlQueries queries, TimeProvider time, CancellationToken cancellationToken) =>
                Answer(await queries.ListDecisionsAsync(group ?? 0, time.GetUtcNow(), limit ?? 0, cancellationToken)));
            endpoints.MapGet("/api/v1/commands", async (
                int? limit, ControlQueries queries, CancellationToken cancellationToken) =>
                Answer(await queries.ListCommandsAsync(limit ?? 0, cancellationToken)));
        }
    }

    private static async Task<IResult> GetForecastAsync(
        int id, string? resource, ControlQueries queries, CancellationToken cancellationToken) =>
        (resource is null or "" ? Resource.CpuWork : ResourceNames.Find(resource)) is { } known
            ? Answer(await queries.GetForecastAsync(id, known, cancellationToken))
            : Results.Problem(
                $"resource is '{resource}'; it must be one of {string.Join(", ", ResourceNames.All)}.", statusCode: 400);

    private static async Task<IResult> ExplainAsync(
        int id, string? at, ExplainQuery explains, TimeProvider time, CancellationToken cancellationToken)
    {
        DateTimeOffset? moment = null;
        if (!string.IsNullOrEmpty(at))
        {
            if (!PastTime.TryParse(at, time.GetUtcNow(), out var parsed))
            {
                return Results.Problem(
                    $"at is '{at}'; write it like {PastTime.Forms}.", statusCode: StatusCodes.Status400BadRequest);
            }

            moment = parsed;
        }

        return await explains.ExplainAsync(id, moment, cancellationToken) is { } explanation
            ? Answer(explanation)
            : Results.Problem(
                await explains.WhyNothingAsync(id, moment, cancellationToken), statusCode: StatusCodes.Status404NotFound);
    }

    private static IResult Answer(IMessage? message) => message is null
        ? Results.Problem("There is nothing yet.", statusCode: StatusCodes.Status404NotFound)
        : Results.Text(Formatter.Format(message), Json);

    private static async Task WriteAssetAsync(HttpContext context, ConsoleAsset asset)
    {
        context.Response.Headers.ETag = asset.EntityTag;
        context.Response.Headers.CacheControl = "no-cache";
        if (context.Request.Headers.IfNoneMatch == asset.EntityTag)
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        context.Response.ContentType = asset.ContentType;
        context.Response.ContentLength = asset.Length;
        await using var content = asset.Open();
        await content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }

    /// <summary>Server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html).</summary>
    private static async Task WriteEventsAsync(
        HttpContext context, StatusBuilder status, IHostApplicationLifetime lifetime)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(
            context.RequestAborted, lifetime.ApplicationStopping);
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-cache";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        try
        {
            while (true)
            {
                var json = Formatter.Format(await status.BuildAsync(ended.Token));
                await context.Response.WriteAsync($"event: status\ndata: {json}\n\n", ended.Token);
                await context.Response.Body.FlushAsync(ended.Token);
                await Task.Delay(EventInterval, TimeProvider.System, ended.Token);
            }
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The reader has gone, or the server stops: an event stream has no other end.
        }
    }
}
