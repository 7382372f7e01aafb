using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Maestro.Telemetry.Tests.Orchestration;

/// <summary>The Gaia API of a Security Group without a network: it answers show-diagnostics with what a test says.</summary>
internal sealed class FakeSecurityGroup : HttpMessageHandler
{
    private readonly Lock _gate = new();
    private int _busy;

    public string ApiVersion { get; set; } = "1.7";

    /// <summary>The answer by topic.</summary>
    public Dictionary<string, string> Answers { get; } = new()
    {
        ["cpu"] = """{"total":2,"from":1,"to":2,"objects":[{"name":"cpu0","idle":80},{"name":"cpu1","idle":40}]}""",
        ["memory"] = """{"total":1,"objects":[{"type":"physical","total":1000,"used":250,"free":750}]}""",
    };

    /// <summary>The bodies of show-diagnostics, in order.</summary>
    public ConcurrentQueue<JsonObject> Asked { get; } = [];

    public int Logins { get; private set; }

    /// <summary>The most requests that were under way at once.</summary>
    public int MostAtOnce { get; private set; }

    /// <summary>Held up until this is done.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = JsonNode.Parse(await request.Content!.ReadAsStringAsync(cancellationToken))!.AsObject();
        lock (_gate)
        {
            MostAtOnce = Math.Max(MostAtOnce, ++_busy);
        }

        try
        {
            await Gate.WaitAsync(cancellationToken);
            return Answer(request.RequestUri!.Segments[^1], body);
        }
        finally
        {
            Interlocked.Decrement(ref _busy);
        }
    }

    private HttpResponseMessage Answer(string command, JsonObject body)
    {
        if (command == "login")
        {
            lock (_gate)
            {
                Logins++;
            }

            return Json($$"""{"sid":"0123456789abcdef","session-timeout":600,"api-server-version":"{{ApiVersion}}"}""");
        }

        if (command == "show-diagnostics")
        {
            Asked.Enqueue(body);
            return Json(Answers[(string)body["topic"]!]);
        }

        return Json("{}");
    }

    private static HttpResponseMessage Json(string body) => new(HttpStatusCode.OK)
    {
        Content = new StringContent(body, Encoding.UTF8, "application/json"),
    };
}
