using System.Text.Json.Nodes;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Gaia;

namespace Maestro.Telemetry.Tests.Orchestration;

public sealed class GaiaReadTests
{
    [Fact]
    public async Task Read_AQuietFabric_GivesGroupsMembersAndPool()
    {
        await using var harness = new GaiaHarness(configure: o => o.ApplianceModels =
            [new() { Name = "check point 16200", Cores = 48 }]);

        var snapshot = await harness.ReadAsync();

        Assert.Equal(["Edge", "Core"], snapshot.Groups.Select(g => g.Name));
        Assert.Equal(["F1", "F2"], snapshot.Pool.Select(g => g.Serial.Value));
        var member = snapshot.Find(new GatewaySerial("A2"))!;
        Assert.Equal((new SecurityGroupId(1), 2, new SiteId(2)), (member.Group, member.MemberId, member.Site));
        Assert.Equal((MemberState.Active, new Release("R81.20")), (member.State, member.Release));
        Assert.Equal((48, 3.0), (member.Model.Cores, member.Model.Weight));
        Assert.Empty(snapshot.PendingChanges);
        Assert.Equal(new OrchestratorStatus("1_1", new SiteId(1), true, null), Assert.Single(snapshot.Orchestrators));
    }

    [Fact]
    public async Task Read_TheDefaultVersion_UsesTheUnversionedPath()
    {
        await using var harness = new GaiaHarness();

        await harness.ReadAsync();

        Assert.Equal("https://mho0.test/gaia_api/show-maestro-ports", harness.First.LastAddress!.ToString());
    }

    [Fact]
    public async Task Read_AConfiguredVersion_IsInThePath()
    {
        await using var harness = new GaiaHarness(configure: o => o.ApiVersion = "v1.8");

        await harness.ReadAsync();

        Assert.Equal("https://mho0.test/gaia_api/v1.8/show-maestro-ports", harness.First.LastAddress!.ToString());
    }

    [Fact]
    public async Task Read_AnUnknownModel_CountsAsOneReferenceSgmAndSaysSoOnce()
    {
        await using var harness = new GaiaHarness();

        await harness.ReadAsync();
        var snapshot = await harness.ReadAsync();

        Assert.All(snapshot.Gateways, g => Assert.Equal(1.0, g.Model.Weight));
        Assert.Single(harness.Logs.Lines, l => l.Id == 3020 && l.Text.Contains("16200", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("1", 1)]
    [InlineData("", null)]
    [InlineData("0", null)]
    public async Task Read_ASecurityGroupAsText_IsTheSame(string text, int? group)
    {
        await using var harness = new GaiaHarness();
        harness.Fabric.Distort = listing => ForGateway(listing, group is null ? "F1" : "A1", g => g["security-group"] = text);

        var snapshot = await harness.ReadAsync();

        Assert.Equal(group, snapshot.Find(new GatewaySerial(group is null ? "F1" : "A1"))!.Group?.Value);
    }

    [Theory]
    [InlineData("DOWN (admin)", MemberState.Down)]
    [InlineData("active(!)", MemberState.Active)]
    [InlineData("SOMETHING-NEW", MemberState.Unknown)]
    [InlineData("6", MemberState.Unknown)]
    public async Task Read_AState_IsReadTolerantly(string text, MemberState state)
    {
        await using var harness = new GaiaHarness();
        harness.Fabric.Distort = listing => ForGateway(listing, "A1", g => g["state"] = text);

        var snapshot = await harness.ReadAsync();

        Assert.Equal(state, snapshot.Find(new GatewaySerial("A1"))!.State);
    }

    [Fact]
    public async Task Read_AReleaseAsText_IsTheSame()
    {
        await using var harness = new GaiaHarness();
        harness.Fabric.Distort = listing => ForGateway(listing, "A1", g => g["version"] = "R82");

        var snapshot = await harness.ReadAsync();

        Assert.Equal("R82", snapshot.Find(new GatewaySerial("A1"))!.Release.Name);
    }

    [Fact]
    public async Task Read_AnSgmInTwoGroups_IsAProtocolErrorWithTheSerial()
    {
        await using var harness = new GaiaHarness();
        harness.Fabric.Distort = listing => (listing["security-groups"]?[1]!["gateways"] as JsonArray)?.Add(
            new JsonObject { ["id"] = "A1", ["site"] = 1, ["security-group"] = 2 });

        var error = await Assert.ThrowsAsync<GaiaProtocolException>(harness.ReadAsync);

        Assert.Contains("A1 is listed in Security Groups 1 and 2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_AnSgmListedTwice_IsAProtocolErrorWithTheSerial()
    {
        await using var harness = new GaiaHarness();
        harness.Fabric.Distort = listing =>
            (listing["gateways"] as JsonArray)?.Add(listing["gateways"]![0]!.DeepClone());

        var error = await Assert.ThrowsAsync<GaiaProtocolException>(harness.ReadAsync);

        Assert.Contains("A1 is listed twice", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_ListsThatContradictEachOtherForAMoment_AreReadAgain()
    {
        await using var harness = new GaiaHarness();
        var readings = 0;
        harness.Fabric.Distort = listing =>
        {
            if (readings++ == 0)
            {
                (listing["security-groups"]![0]!["gateways"] as JsonArray)!.RemoveAt(0);
            }
        };

        var snapshot = await harness.ReadAsync();

        Assert.Equal(2, snapshot.MembersOf(new(1)).Count());
        Assert.Equal(4, harness.First.Count("show-maestro-gateways"));
    }

    [Fact]
    public async Task Read_AFreeSgmWithoutASite_IsLeftOut()
    {
        await using var harness = new GaiaHarness();
        harness.Fabric.Distort = listing => ForGateway(listing, "F1", g => g.Remove("site"));

        var snapshot = await harness.ReadAsync();

        Assert.Equal(["F2"], snapshot.Pool.Select(g => g.Serial.Value));
    }

    [Fact]
    public async Task Read_StagedDifferences_AreListedInWords()
    {
        await using var harness = new GaiaHarness();
        harness.Fabric.Pending["A1"] = 0;
        harness.Fabric.PendingGroups = new() { [1] = "Edge of tomorrow", [2] = "Core", [3] = "New" };

        var snapshot = await harness.ReadAsync();

        Assert.Equal(
            [
                "Security Group 1 is to change in description.",
                "Security Group 3 is to be created.",
                "SGM A1 is to go from Security Group 1 to the pool.",
            ],
            snapshot.PendingChanges.Select(p => p.Description));
        Assert.Equal(new SecurityGroupId(1), snapshot.Find(new GatewaySerial("A1"))!.Group);
    }

    [Fact]
    public async Task Read_DerivedDifferences_AreNoPendingChange()
    {
        await using var harness = new GaiaHarness();
        var listings = 0;
        harness.Fabric.Distort = listing =>
        {
            listings++;
            foreach (var group in listing["security-groups"]?.AsArray() ?? [])
            {
                group!["sites"] = new JsonArray(new JsonObject { ["id"] = listings, ["description"] = "" });
                group["uptime"] = listings;
            }

            ForGateway(listing, "A1", g => g["state"] = $"STATE{listings}");
        };

        Assert.Empty((await harness.ReadAsync()).PendingChanges);
    }

    [Fact]
    public async Task Read_TheFirstOrchestratorIsDown_GoesOnThroughTheNextAndSaysWho()
    {
        await using var harness = new GaiaHarness(orchestrators: 3);
        harness.First.Fault = _ => FakeFault.NoConnection;
        harness.Orchestrators[2].Fault = _ => FakeFault.Html503NotDone;

        var snapshot = await harness.ReadAsync();

        Assert.Equal(6, snapshot.Gateways.Length);
        Assert.Equal([false, true, false], snapshot.Orchestrators.Select(o => o.Reachable));
        Assert.Contains("no connection", snapshot.Orchestrators[0].Problem, StringComparison.Ordinal);
        Assert.Contains("503", snapshot.Orchestrators[2].Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_AnOrchestratorThatComesBack_IsReachableAgain()
    {
        await using var harness = new GaiaHarness(orchestrators: 2);
        harness.First.Fault = _ => FakeFault.NoConnection;
        await harness.ReadAsync();
        harness.First.Fault = _ => FakeFault.None;

        var snapshot = await harness.ReadAsync();

        Assert.All(snapshot.Orchestrators, o => Assert.True(o.Reachable, o.Problem));
        Assert.Contains(harness.Logs.Lines, l => l.Id == 3032);
    }

    [Fact]
    public async Task Read_NoOrchestratorAnswers_NamesEachAndNothingHappened()
    {
        await using var harness = new GaiaHarness(orchestrators: 2);
        harness.First.Fault = _ => FakeFault.NoConnection;
        harness.Orchestrators[1].Fault = _ => FakeFault.SlowNotDone;

        var error = await Assert.ThrowsAsync<GaiaUnreachableException>(harness.ReadAsync);

        Assert.Contains("Orchestrator 1_1: no connection", error.Message, StringComparison.Ordinal);
        Assert.Contains("Orchestrator 1_2: login was not answered within 30 s", error.Message, StringComparison.Ordinal);
        Assert.False(error.MayHaveHappened);
    }

    private static void ForGateway(JsonObject listing, string serial, Action<JsonObject> change)
    {
        var inGroups = (listing["security-groups"]?.AsArray() ?? []).SelectMany(g => g!["gateways"]!.AsArray());
        foreach (var gateway in (listing["gateways"]?.AsArray() ?? []).Concat(inGroups))
        {
            if (gateway!["id"]!.GetValue<string>() == serial)
            {
                change(gateway.AsObject());
            }
        }
    }
}
