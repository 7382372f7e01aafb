using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Maestro.Telemetry.IntegrationTests.Simulation;

/// <summary>The Gaia API as a script would call it: plain JSON over HttpClient, nothing of the product.</summary>
internal sealed class RawGaia(Uri url, HttpMessageHandler? handler = null) : IDisposable
{
    private readonly HttpClient _http = new(handler ?? new SocketsHttpHandler())
    {
        BaseAddress = url,
        Timeout = TimeSpan.FromSeconds(20),
    };

    public string? Sid { get; set; }

    public async Task LoginAsync(string user = "admin", int? timeout = null)
    {
        var body = new JsonObject { ["user"] = user, ["password"] = "simulated" };
        if (timeout is not null)
        {
            body["session-timeout"] = timeout;
        }

        Sid = (string?)(await OkAsync("login", body))["sid"];
    }

    public async Task<JsonObject> OkAsync(string command, JsonObject? body = null)
    {
        var (status, reply) = await PostAsync(command, body);
        Assert.Equal(HttpStatusCode.OK, status);
        return reply;
    }

    public async Task<(HttpStatusCode Status, JsonObject Reply)> PostAsync(string command, JsonObject? body = null)
    {
        using var response = await SendAsync("/gaia_api/" + command, JsonContent.Create(body ?? []));
        return (response.StatusCode, (await response.Content.ReadFromJsonAsync<JsonObject>())!);
    }

    public async Task<HttpResponseMessage> SendAsync(string path, HttpContent content)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        if (Sid is not null)
        {
            request.Headers.Add("X-chkp-sid", Sid);
        }

        return await _http.SendAsync(request);
    }

    public async Task<JsonObject> GatewayAsync(string serial, bool pending = false)
    {
        var body = new JsonObject { ["id"] = serial, ["include-pending-changes"] = pending };
        return await OkAsync("show-maestro-gateway", body);
    }

    public void Dispose() => _http.Dispose();
}
