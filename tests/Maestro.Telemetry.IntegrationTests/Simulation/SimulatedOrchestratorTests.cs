using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Maestro.Telemetry.Simulator.Orchestrators;

namespace Maestro.Telemetry.IntegrationTests.Simulation;

public sealed class SimulatedOrchestratorTests
{
    [Fact]
    public async Task Add_IsStagedThenAppliedThenJoins()
    {
        await using var test = await FabricUnderTest.StartAsync();
        var staged = await test.Gaia.OkAsync(
            "v1.8/set-maestro-gateway", new() { ["id"] = FabricUnderTest.Free, ["security-group"] = 1 });

        Assert.Equal(1, (int)staged["security-group"]!);
        Assert.Null((await test.Gaia.GatewayAsync(FabricUnderTest.Free))["security-group"]);
        Assert.Equal(1, (int)(await test.Gaia.GatewayAsync(FabricUnderTest.Free, pending: true))["security-group"]!);

        var applied = await test.Gaia.OkAsync(FabricUnderTest.Apply);

        var joining = Members(applied, 1).Single(m => (string?)m!["id"] == FabricUnderTest.Free)!;
        Assert.Equal("INIT", (string?)joining["state"]);
        test.Time.Advance(TimeSpan.FromHours(1));
        await test.Gaia.LoginAsync();
        var joined = await test.Gaia.GatewayAsync(FabricUnderTest.Free);
        Assert.Equal("ACTIVE", (string?)joined["state"]);
        Assert.Equal(7, (int)joined["member-id"]!);
        Assert.Equal(48, (int)joined["weight"]!);
    }

    [Fact]
    public async Task Pending_IsOneForAllOrchestrators()
    {
        await using var test = await FabricUnderTest.StartAsync();
        using var other = new RawGaia(test.Second.Url);
        await other.LoginAsync();

        await test.Gaia.OkAsync("set-maestro-gateway", new() { ["id"] = FabricUnderTest.Free, ["security-group"] = 2 });
        Assert.Equal(2, (int)(await other.GatewayAsync(FabricUnderTest.Free, pending: true))["security-group"]!);
        await other.OkAsync("discard-maestro-security-groups-changes");

        Assert.Null((await test.Gaia.GatewayAsync(FabricUnderTest.Free, pending: true))["security-group"]);
    }

    [Fact]
    public async Task Gateways_HaveTheVendorsKeys()
    {
        await using var test = await FabricUnderTest.StartAsync();
        var gateways = (await test.Gaia.OkAsync("show-maestro-gateways"))["gateways"]!.AsArray();

        Assert.Equal(24, gateways.Count);
        var member = Assert.Single(gateways, g => (string?)g!["id"] == "1007RT1940")!.AsObject();
        Assert.Equal(
            [
                "id", "site", "security-group", "member-id", "model", "version", "downlink-ports", "description",
                "state", "weight",
            ],
            member.Select(p => p.Key));
        Assert.Equal("R82", (string?)member["version"]!["major"]);
        Assert.Equal("1_1", (string?)member["downlink-ports"]![0]!["orchestrator-id"]);
        var free = Assert.Single(gateways, g => (string?)g!["id"] == FabricUnderTest.Free)!.AsObject();
        Assert.Equal("UNASSIGNED", (string?)free["state"]);
        Assert.False(free.ContainsKey("member-id"));
    }

    [Fact]
    public async Task SecurityGroups_CarryPasswordsToBeRedacted()
    {
        await using var test = await FabricUnderTest.StartAsync();
        var groups = (await test.Gaia.OkAsync("show-maestro-security-groups"))["security-groups"]!.AsArray();

        Assert.Equal(3, groups.Count);
        Assert.All(groups, g => Assert.NotNull(g!["ftw-configuration"]!["one-time-password"]));
        var one = await test.Gaia.OkAsync("show-maestro-security-group", new() { ["id"] = 2 });
        Assert.Equal("datacenter", (string?)one["ftw-configuration"]!["hostname"]);
    }

    [Fact]
    public async Task SitesPortsAndVersions_AreShown()
    {
        await using var test = await FabricUnderTest.StartAsync();
        Assert.Equal(2, (await test.Gaia.OkAsync("show-maestro-sites"))["sites"]!.AsArray().Count);
        var ports = (await test.Gaia.OkAsync("show-maestro-ports"))["ports"]!.AsArray();
        Assert.Contains(ports, p => (string?)p!["type"] == "site_sync");
        Assert.Equal("1.8", (string?)(await test.Gaia.OkAsync("show-api-versions"))["current-version"]);
    }

    [Theory]
    [InlineData("show-maestro-gateway", """{"id":"1007RT0000"}""", 404, "generic_err_object_not_found")]
    [InlineData("show-maestro-gateway", "{}", 400, "generic_err_missing_required_parameters")]
    [InlineData("show-maestro-gateway", """{"id":5}""", 400, "generic_err_invalid_parameter")]
    [InlineData("show-maestro-gateway", """{"id":"1007RT1940","color":1}""", 400, "generic_err_invalid_parameter_name")]
    [InlineData("set-maestro-gateway", """{"id":"1007RT1940","security-group":9}""", 404,
        "generic_err_object_not_found")]
    [InlineData("set-maestro-gateway", "{", 400, "generic_err_invalid_syntax")]
    [InlineData("set-maestro-gateway", "[]", 400, "generic_err_invalid_syntax")]
    [InlineData("set-maestro-weight", "{}", 404, "generic_err_command_not_found")]
    [InlineData("v9.9/show-maestro-sites", "{}", 404, "generic_err_version_not_supported")]
    [InlineData("show-task", """{"task-id":"none"}""", 404, "generic_err_object_not_found")]
    public async Task Refusal_HasStatusCodeAndMessage(string command, string body, int status, string code)
    {
        await using var test = await FabricUnderTest.StartAsync();
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await test.Gaia.SendAsync("/gaia_api/" + command, content);
        var reply = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;

        Assert.Equal((status, code), ((int)response.StatusCode, (string?)reply["code"]));
        Assert.NotEmpty((string?)reply["message"] ?? "");
    }

    [Fact]
    public async Task Apply_AgainstTheRules_SaysWhyAndKeepsWhatIsStaged()
    {
        await using var test = await FabricUnderTest.StartAsync();
        foreach (var member in test.Fabric.View().MembersOf(3))
        {
            await test.Gaia.OkAsync("set-maestro-gateway", new() { ["id"] = member.Serial, ["security-group"] = 0 });
        }

        var (status, reply) = await test.Gaia.PostAsync(FabricUnderTest.Apply);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("at least one gateway", (string?)reply["errors"]![0]!["message"], StringComparison.Ordinal);
        Assert.Equal(4, test.Fabric.View().Pending.Count());
    }

    [Fact]
    public async Task Session_Unused_EndsByTheClock()
    {
        await using var test = await FabricUnderTest.StartAsync();
        await test.Gaia.LoginAsync(timeout: 60);

        test.Time.Advance(TimeSpan.FromSeconds(61));

        var (status, reply) = await test.Gaia.PostAsync("show-maestro-sites");
        Assert.Equal(
            (HttpStatusCode.Unauthorized, "generic_err_wrong_session_id"), (status, (string?)reply["code"]));
    }

    [Fact]
    public async Task Session_Missing_WrongOrLoggedOut_IsUnauthorized()
    {
        await using var test = await FabricUnderTest.StartAsync();
        await test.Gaia.OkAsync("logout");
        Assert.Equal(HttpStatusCode.Unauthorized, (await test.Gaia.PostAsync("show-maestro-sites")).Status);
        test.Gaia.Sid = null;
        Assert.Equal(HttpStatusCode.Unauthorized, (await test.Gaia.PostAsync("show-maestro-sites")).Status);

        var (status, reply) = await test.Gaia.PostAsync("login", new() { ["user"] = "admin", ["password"] = "wrong" });
        Assert.Equal((HttpStatusCode.Forbidden, "err_login_failed"), (status, (string?)reply["code"]));
    }

    [Fact]
    public async Task ReadOnlySession_MayLookAndNotChange()
    {
        await using var test = await FabricUnderTest.StartAsync();
        await test.Gaia.LoginAsync("monitor");

        await test.Gaia.OkAsync("show-maestro-gateways");
        var body = new JsonObject { ["id"] = FabricUnderTest.Free, ["security-group"] = 1 };
        Assert.Equal(HttpStatusCode.Forbidden, (await test.Gaia.PostAsync("set-maestro-gateway", body)).Status);
    }

    [Fact]
    public async Task ApplyAsTask_IsFinishedByShowTask()
    {
        await using var test = await FabricUnderTest.StartAsync();
        await using var tasked = new SimulatedOrchestrator(
            "1_2", 1, test.Fabric, test.Faults, test.Time, new() { ApplyAsTask = true });
        await tasked.StartAsync(CancellationToken.None);
        using var gaia = new RawGaia(tasked.Url);
        await gaia.LoginAsync();
        await gaia.OkAsync("set-maestro-gateway", new() { ["id"] = FabricUnderTest.Free, ["security-group"] = 1 });

        var id = (string?)(await gaia.OkAsync(FabricUnderTest.Apply))["task-id"];
        var before = (await gaia.OkAsync("show-task", new() { ["task-id"] = id }))["tasks"]![0]!;
        test.Time.Advance(TimeSpan.FromSeconds(30));
        var after = (await gaia.OkAsync("show-task", new() { ["task-id"] = new JsonArray(id) }))["tasks"]![0]!;

        Assert.Equal("in progress", (string?)before["status"]);
        Assert.Equal(("succeeded", 100), ((string?)after["status"], (int)after["progress-percentage"]!));
        Assert.NotNull(after["task-details"]![0]!["security-groups"]);
    }

    [Fact]
    public async Task Https_ShowsTheCertificateItTells()
    {
        await using var test = await FabricUnderTest.StartAsync();
        await using var secure = new SimulatedOrchestrator(
            "1_2", 1, test.Fabric, test.Faults, test.Time, new() { Https = true });
        await secure.StartAsync(CancellationToken.None);
        string? shown = null;
        using var handler = new HttpClientHandler
        {
            ServerCertificateCustomValidationCallback = (_, certificate, _, _) =>
                (shown = certificate?.GetCertHashString(HashAlgorithmName.SHA256)) is not null,
        };
        using var gaia = new RawGaia(secure.Url, handler);

        await gaia.LoginAsync();

        Assert.Equal("https", secure.Url.Scheme);
        Assert.Equal(secure.CertificateSha256, shown);
    }

    private static JsonArray Members(JsonObject reply, int group) =>
        reply["security-groups"]!.AsArray().Single(g => (int)g!["id"]! == group)!["gateways"]!.AsArray();
}
