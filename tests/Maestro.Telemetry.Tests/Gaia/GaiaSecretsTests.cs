using Maestro.Telemetry.Gaia;

namespace Maestro.Telemetry.Tests.Orchestration;

public sealed class GaiaSecretsTests
{
    [Fact]
    public async Task Secrets_ThroughEveryFault_AreInNoTextAndNoLog()
    {
        var texts = new List<string>();
        var secrets = new HashSet<string> { FakeOrchestrator.Password, FakeFabric.FtwPassword };
        foreach (var fault in Enum.GetValues<FakeFault>())
        {
            foreach (var command in new[] { "login", "show-maestro-gateways", "set-maestro-gateway" })
            {
                await using var harness = new GaiaHarness();
                harness.First.ErrorBody = command == "login"
                    ? $$"""{"code":"no","message":"wrong password {{FakeOrchestrator.Password}}"}"""
                    : """{"code":"{sid}","message":"no","errors":["not in {sid}"]}""";
                harness.FailOnce(command, fault);
                texts.AddRange(await TextsAsync(harness));
                secrets.UnionWith(harness.First.Sids);
            }
        }

        Assert.NotEmpty(texts);
        Assert.All(secrets, secret => Assert.DoesNotContain(texts, t => t.Contains(secret, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Secrets_AnOldSessionIdInAnError_IsTakenOut()
    {
        await using var harness = new GaiaHarness();
        harness.First.ErrorBody = """{"message":"Wrong session id [0f3e-77aa-old]. Try again, sid: abcdef0123456789"}""";
        harness.FailOnce("show-maestro-gateways", FakeFault.Error500);

        var error = await Assert.ThrowsAsync<GaiaUnavailableException>(harness.ReadAsync);

        Assert.Contains("Wrong session id [redacted]. Try again, sid [redacted]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Secrets_Credentials_ShowOnlyTheUser() =>
        Assert.Equal("admin with a password", new GaiaCredentials("admin", "hunter2").ToString());

    private static async Task<List<string>> TextsAsync(GaiaHarness harness)
    {
        var texts = new List<string>();
        for (var i = 0; i < 2; i++)
        {
            try
            {
                texts.Add((await harness.ApplyAsync("F1", 0, 1)).ToString());
            }
            catch (GaiaException e)
            {
                texts.Add(e.ToString());
            }
        }

        return [.. texts, .. harness.Logs.Lines.Select(l => l.Text)];
    }
}
