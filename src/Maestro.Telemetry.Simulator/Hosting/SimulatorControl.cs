using System.Text.Json;
using System.Text.Json.Serialization;
using Maestro.Telemetry.Simulator.Faults;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Maestro.Telemetry.Simulator.Hosting;

/// <summary>
/// The simulator's own port, apart from those of the Orchestrators: POST, GET and DELETE /simulator/faults, and
/// GET /simulator/status.
/// </summary>
internal sealed class SimulatorControl : IAsyncDisposable
{
    private const int MostBodyBytes = 64 * 1_024;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    private readonly FaultBoard _faults;
    private readonly Func<object> _status;
    private readonly LoopbackServer _server;

    public SimulatorControl(FaultBoard faults, Func<object> status, int port, ILoggerFactory loggers)
    {
        _faults = faults;
        _status = status;
        _server = new(HandleAsync, port, MostBodyBytes, certificate: null, loggers);
    }

    public Uri Url => _server.Url;

    public Task StartAsync(CancellationToken cancellationToken) => _server.StartAsync(cancellationToken);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private Task HandleAsync(HttpContext context) => (context.Request.Method, context.Request.Path.Value) switch
    {
        ("POST", "/simulator/faults") => InjectAsync(context),
        ("GET", "/simulator/faults") => SendAsync(context, 200, new { faults = _faults.Active }),
        ("DELETE", "/simulator/faults") => ClearAsync(context),
        ("GET", "/simulator/status") => SendAsync(context, 200, _status()),
        _ => SendAsync(context, 404, new { problem = "Only /simulator/faults and /simulator/status are here." }),
    };

    private async Task InjectAsync(HttpContext context)
    {
        var problem = await ReadAsync(context) switch
        {
            (null, var unreadable) => unreadable,
            ({ } fault, _) => _faults.Inject(fault),
        };
        await (problem is null
            ? SendAsync(context, 200, new { faults = _faults.Active })
            : SendAsync(context, 400, new { problem }));
    }

    private Task ClearAsync(HttpContext context)
    {
        _faults.Clear();
        return SendAsync(context, 200, new { faults = _faults.Active });
    }

    private static async Task<(Fault? Fault, string? Problem)> ReadAsync(HttpContext context)
    {
        try
        {
            var body = context.Request.Body;
            var fault = await JsonSerializer.DeserializeAsync<Fault>(body, Json, context.RequestAborted);
            return fault is null ? (null, "The body is null; give a fault with its kind.") : (fault, null);
        }
        catch (JsonException e)
        {
            return (null, $"The body is no fault: {e.Message}");
        }
        catch (BadHttpRequestException)
        {
            return (null, $"The body cannot be read; at most {MostBodyBytes} bytes are taken.");
        }
    }

    private static Task SendAsync(HttpContext context, int status, object body)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(body, body.GetType(), Json, context.RequestAborted);
    }
}
