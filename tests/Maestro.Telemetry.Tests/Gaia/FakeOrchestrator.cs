using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Maestro.Telemetry.Tests.Orchestration;

/// <summary>One Orchestrator that answers without a network, with a fault for each request when one is asked for.</summary>
internal sealed class FakeOrchestrator(FakeFabric fabric, SteppingTimeProvider time) : HttpMessageHandler
{
    public const string User = "admin";
    public const string Password = "correct horse";
    private readonly HashSet<string> _sessions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _polls = new(StringComparer.Ordinal);
    private int _sids;

    /// <summary>The fault for the request of this command; asked once for each request.</summary>
    public Func<string, FakeFault> Fault { get; set; } = _ => FakeFault.None;

    /// <summary>Commands in order of arrival.</summary>
    public List<string> Commands { get; } = [];

    public List<string> Sids { get; } = [];

    public bool ReadOnly { get; set; }

    public int SessionTimeout { get; set; } = 600;

    public string ApiVersion { get; set; } = "1.8";

    public Uri? LastAddress { get; private set; }

    /// <summary>The body of a refusal.</summary>
    public string ErrorBody { get; set; } =
        """{"code":"generic_error","message":"Gateway cannot be assigned","errors":[{"message":"port down"}]}""";

    /// <summary>What it says of its ports; null: it does not know the command.</summary>
    public JsonArray? Ports { get; set; }

    /// <summary>Looks at a task before it ends; null: apply answers with its result.</summary>
    public int? TaskPolls { get; set; }

    public JsonObject TaskEnd { get; set; } = new() { ["status"] = "succeeded" };

    /// <summary>Called after each request that was carried out.</summary>
    public Action<string> After { get; set; } = _ => { };

    public int Count(string command) => Commands.Count(c => c == command);

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        LastAddress = request.RequestUri;
        var command = request.RequestUri!.Segments[^1];
        var fault = Fault(command);
        if (fault == FakeFault.NoConnection)
        {
            throw new HttpRequestException(HttpRequestError.ConnectionError, "refused");
        }

        Commands.Add(command);
        var body = JsonNode.Parse(await request.Content!.ReadAsStringAsync(cancellationToken))!.AsObject();
        var sid = request.Headers.TryGetValues("X-chkp-sid", out var values) ? values.Single() : null;
        if (fault == FakeFault.SessionExpired)
        {
            _sessions.Clear();
        }

        return fault switch
        {
            FakeFault.LostRequest => throw Lost(),
            FakeFault.LostReply => Lose(Execute(command, body, sid)),
            FakeFault.SlowNotDone => await HangAsync(cancellationToken),
            FakeFault.SlowDone => await HangAsync(cancellationToken, Execute(command, body, sid)),
            FakeFault.Html503NotDone => Html(HttpStatusCode.ServiceUnavailable),
            FakeFault.Html503Done => Html(HttpStatusCode.ServiceUnavailable, Execute(command, body, sid)),
            FakeFault.GarbageDone => Garbage(Execute(command, body, sid)),
            FakeFault.Html200 => Html(HttpStatusCode.OK),
            FakeFault.Oversized => Json(HttpStatusCode.OK, "{\"x\":\"" + new string('x', 200_000) + "\"}"),
            FakeFault.Refused => Json(HttpStatusCode.BadRequest, ErrorBody.Replace("{sid}", sid, StringComparison.Ordinal)),
            FakeFault.Error500 => Json(HttpStatusCode.InternalServerError, ErrorBody),
            _ => Execute(command, body, sid),
        };
    }

    private HttpResponseMessage Execute(string command, JsonObject body, string? sid)
    {
        var response = Answer(command, body, sid);
        if (response.IsSuccessStatusCode)
        {
            After(command);
        }

        return response;
    }

    private HttpResponseMessage Answer(string command, JsonObject body, string? sid)
    {
        if (command == "login")
        {
            return Login(body);
        }

        if (sid is null || !_sessions.Contains(sid))
        {
            return Json(
                HttpStatusCode.Unauthorized,
                $$"""{"code":"generic_err_wrong_session_id","message":"Wrong session id [{{sid}}]. Session may be expired."}""");
        }

        var pending = body["include-pending-changes"]?.GetValue<bool>() ?? false;
        switch (command)
        {
            case "logout":
                _sessions.Remove(sid);
                return Ok(new() { ["message"] = "OK" });
            case "show-maestro-gateways":
                return Ok(fabric.ShowGateways(pending));
            case "show-maestro-security-groups":
                return Ok(fabric.ShowGroups(pending));
            case "set-maestro-gateway":
                return Ok(fabric.Set(body["id"]!.GetValue<string>(), body["security-group"]!.GetValue<int>()));
            case "show-maestro-ports" when Ports is not null:
                return Ok(new() { ["ports"] = Ports.DeepClone() });
            case "apply-maestro-security-groups-changes" when TaskPolls is not null:
                return Ok(new() { ["task-id"] = "01234567-89ab" });
            case "apply-maestro-security-groups-changes":
                return Ok(fabric.Apply());
            case "show-task":
                return Ok(Task(body["task-id"]!.GetValue<string>()));
            case "discard-maestro-security-groups-changes":
                fabric.Discards++;
                return Ok([]);
            default:
                return Json(HttpStatusCode.NotFound, """{"code":"not_found","message":"no such command"}""");
        }
    }

    private HttpResponseMessage Login(JsonObject body)
    {
        if (body["user"]!.GetValue<string>() != User || body["password"]!.GetValue<string>() != Password)
        {
            return Json(
                HttpStatusCode.BadRequest,
                $$"""{"code":"err_login_failed","message":"Authentication failed for {{body["password"]}}"}""");
        }

        var sid = $"sid-{GetHashCode():x8}-{++_sids:d6}";
        _sessions.Add(sid);
        Sids.Add(sid);
        return Ok(new()
        {
            ["sid"] = sid,
            ["url"] = "https://mho/gaia_api",
            ["session-timeout"] = SessionTimeout,
            ["read-only"] = ReadOnly,
            ["api-server-version"] = ApiVersion,
        });
    }

    private JsonObject Task(string id)
    {
        var polls = _polls[id] = _polls.GetValueOrDefault(id) + 1;
        if (polls <= TaskPolls)
        {
            return new() { ["tasks"] = new JsonArray(new JsonObject { ["task-id"] = id, ["status"] = "in progress" }) };
        }

        var end = TaskEnd.DeepClone().AsObject();
        if (end["status"]!.GetValue<string>() == "succeeded")
        {
            fabric.Apply();
        }

        end["task-id"] = id;
        return new() { ["tasks"] = new JsonArray(end) };
    }

    private async Task<HttpResponseMessage> HangAsync(CancellationToken cancellationToken, HttpResponseMessage? done = null)
    {
        done?.Dispose();
        time.Advance(GaiaHarness.RequestTimeout);
        await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
        throw new InvalidOperationException("A request without end came to an end.");
    }

    private static HttpResponseMessage Lose(HttpResponseMessage done)
    {
        done.Dispose();
        throw Lost();
    }

    private static HttpResponseMessage Garbage(HttpResponseMessage done)
    {
        done.Dispose();
        return Json(HttpStatusCode.OK, """{"security-groups":[{"id":1,"gate""");
    }

    private static HttpRequestException Lost() => new(HttpRequestError.ResponseEnded, "ended");

    private static HttpResponseMessage Html(HttpStatusCode status, HttpResponseMessage? done = null)
    {
        done?.Dispose();
        return new(status)
        {
            Content = new StringContent("<html><body>body-of-the-page</body></html>", Encoding.UTF8, "text/html"),
        };
    }

    private static HttpResponseMessage Ok(JsonObject body) => Json(HttpStatusCode.OK, body.ToJsonString());

    private static HttpResponseMessage Json(HttpStatusCode status, string body) => new(status)
    {
        Content = new StringContent(body, Encoding.UTF8, "application/json"),
    };
}
