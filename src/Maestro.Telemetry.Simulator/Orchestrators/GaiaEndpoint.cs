using System.Text.Json;
using System.Text.Json.Nodes;
using Maestro.Telemetry.Simulator.Faults;
using Microsoft.AspNetCore.Http;

namespace Maestro.Telemetry.Simulator.Orchestrators;

/// <summary>Answers the requests of one Orchestrator or Security Group: faults first, then the session, then the command.</summary>
internal sealed class GaiaEndpoint : IDisposable
{
    public const int MostBodyBytes = 2_000_000;

    private const string SessionHeader = "X-chkp-sid";

    private readonly string _orchestrator;
    private readonly IGaiaCommands _commands;
    private readonly FaultBoard _faults;
    private readonly GaiaLogin _login;
    private readonly GaiaSessions _sessions;
    private long _requests;

    public GaiaEndpoint(
        string orchestrator, IGaiaCommands commands, FaultBoard faults, OrchestratorOptions options, TimeProvider time)
    {
        _orchestrator = orchestrator;
        _commands = commands;
        _faults = faults;
        _sessions = new(time);
        _login = new(options, _sessions, time);
        _faults.SessionsExpire += ExpireSessions;
    }

    public long Requests => Interlocked.Read(ref _requests);

    public async Task HandleAsync(HttpContext context)
    {
        if (GaiaVersions.CommandOf(context.Request.Path.Value ?? "") is not { } command)
        {
            await HtmlAsync(context, StatusCodes.Status404NotFound, "Not Found");
            return;
        }

        Interlocked.Increment(ref _requests);
        try
        {
            var fault = _faults.Take(_orchestrator, command);
            if (fault is null || await PassesAsync(fault, context))
            {
                var reply = await ReplyAsync(context, command);
                await SendAsync(fault, context, reply);
            }
        }
        catch (GaiaRefusal refusal)
        {
            await RefuseAsync(context, refusal);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client has gone; there is nobody to answer.
            context.Abort();
        }
    }

    public void Dispose() => _faults.SessionsExpire -= ExpireSessions;

    private void ExpireSessions(string? orchestrator)
    {
        if (orchestrator is null || orchestrator == _orchestrator)
        {
            _sessions.CloseAll();
        }
    }

    // What a fault does before the command runs. True when the command runs all the same.
    private static async Task<bool> PassesAsync(Fault fault, HttpContext context)
    {
        switch (fault.Kind)
        {
            case FaultKind.Down:
                context.Abort();
                return false;
            case FaultKind.Slow:
                await Task.Delay(TimeSpan.FromSeconds(fault.DelaySeconds), TimeProvider.System, context.RequestAborted);
                return true;
            case FaultKind.Html503:
                await HtmlAsync(context, StatusCodes.Status503ServiceUnavailable, "Service Unavailable");
                return false;
            case FaultKind.Error500:
                throw new GaiaRefusal(500, "generic_internal_error", "Internal server error");
            case FaultKind.Unauthorized:
                throw WrongSession();
            case FaultKind.ApplyFails:
                string[] errors = ["The fabric did not take the topology"];
                throw new GaiaRefusal(500, "generic_error", "Failed to apply the pending changes", errors);
            default:
                return true;
        }
    }

    private static Task SendAsync(Fault? fault, HttpContext context, JsonObject reply)
    {
        if (fault?.Kind == FaultKind.ApplyLost)
        {
            context.Abort();
            return Task.CompletedTask;
        }

        return JsonAsync(context, StatusCodes.Status200OK, reply);
    }

    private async Task<JsonObject> ReplyAsync(HttpContext context, string command)
    {
        if (command is "")
        {
            throw new GaiaRefusal(404, "generic_err_version_not_supported", "The API version is not supported");
        }

        if (!HttpMethods.IsPost(context.Request.Method))
        {
            throw new GaiaRefusal(405, "generic_err_wrong_method", "Only the POST method is supported");
        }

        var arguments = new GaiaArguments(await BodyAsync(context));
        if (command == GaiaCommands.Login)
        {
            return _login.Run(arguments, $"{context.Request.Scheme}://{context.Request.Host}/gaia_api");
        }

        if (command != "logout" && !_commands.Knows(command))
        {
            throw new GaiaRefusal(
                404, "generic_err_command_not_found", $"Requested API command: [{command}] not found");
        }

        var session = SessionOf(context);
        if (command == "logout")
        {
            _sessions.Close(session.Id);
            return new() { ["message"] = "OK" };
        }

        return _commands.Run(command, arguments, session);
    }

    private GaiaSession SessionOf(HttpContext context)
    {
        var id = context.Request.Headers[SessionHeader].ToString();
        return id is ""
            ? throw new GaiaRefusal(401, "generic_err_missing_session_id", $"Missing header: [{SessionHeader}]")
            : _sessions.Use(id) ?? throw WrongSession();
    }

    private static GaiaRefusal WrongSession() =>
        new(401, "generic_err_wrong_session_id", "Wrong session id. The session may have expired");

    private static async Task<JsonObject> BodyAsync(HttpContext context)
    {
        try
        {
            var body = await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
            return body as JsonObject ?? throw BadSyntax("The payload must be a JSON object");
        }
        catch (JsonException)
        {
            throw BadSyntax("The payload is not valid JSON");
        }
        catch (BadHttpRequestException e)
        {
            throw new GaiaRefusal(e.StatusCode, "generic_err_invalid_syntax", "The payload cannot be read");
        }
    }

    private static GaiaRefusal BadSyntax(string message) => new(400, "generic_err_invalid_syntax", message);

    private static Task RefuseAsync(HttpContext context, GaiaRefusal refusal)
    {
        var body = new JsonObject { ["code"] = refusal.Code, ["message"] = refusal.Message };
        if (refusal.Errors is not [])
        {
            body["errors"] = new JsonArray(
                [.. refusal.Errors.Select(e => (JsonNode)new JsonObject { ["message"] = e })]);
        }

        return JsonAsync(context, refusal.Status, body);
    }

    private static Task JsonAsync(HttpContext context, int status, JsonObject body)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(body, context.RequestAborted);
    }

    private static Task HtmlAsync(HttpContext context, int status, string title)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/html; charset=iso-8859-1";
        return context.Response.WriteAsync(
            $"<!DOCTYPE HTML><html><head><title>{status} {title}</title></head><body><h1>{title}</h1></body></html>",
            context.RequestAborted);
    }
}
