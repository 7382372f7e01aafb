using Maestro.Telemetry.Gaia;
using Maestro.Telemetry.Ports;

namespace Maestro.Telemetry.Tests.Orchestration;

public sealed class GaiaSessionTests
{
    [Fact]
    public async Task Session_SeveralReadings_UsesOneLogin()
    {
        await using var harness = new GaiaHarness();

        await harness.ReadAsync();
        await harness.ReadAsync();

        Assert.Equal(1, harness.First.Count("login"));
    }

    [Fact]
    public async Task Session_CloseToItsEnd_IsRenewedBeforeItIsRefused()
    {
        await using var harness = new GaiaHarness();
        harness.First.SessionTimeout = 100;
        await harness.ReadAsync();

        harness.Time.Advance(TimeSpan.FromSeconds(95));
        await harness.ReadAsync();

        Assert.Equal(2, harness.First.Count("login"));
        Assert.DoesNotContain(harness.Logs.Lines, l => l.Id == 3001);
    }

    [Fact]
    public async Task Session_InUse_IsNotRenewed()
    {
        await using var harness = new GaiaHarness();
        harness.First.SessionTimeout = 100;

        for (var i = 0; i < 5; i++)
        {
            await harness.ReadAsync();
            harness.Time.Advance(TimeSpan.FromSeconds(60));
        }

        Assert.Equal(1, harness.First.Count("login"));
    }

    [Theory]
    [InlineData("show-maestro-gateways")]
    [InlineData("set-maestro-gateway")]
    [InlineData("apply-maestro-security-groups-changes")]
    public async Task Session_ExpiredInTheMiddle_IsReplacedAndTheRequestSentOnceMore(string command)
    {
        await using var harness = new GaiaHarness();
        harness.FailOnce(command, FakeFault.SessionExpired);

        var result = await harness.ApplyAsync("F1", 0, 1);

        Assert.Equal(ApplyOutcome.Applied, result.Outcome);
        Assert.Equal(2, harness.First.Count("login"));
        Assert.Equal((1, 1), (harness.Fabric.Sets, harness.Fabric.Applies));
    }

    [Fact]
    public async Task Session_SaidToBeExpiredWithStatus400_IsReplacedToo()
    {
        await using var harness = new GaiaHarness();
        harness.First.ErrorBody = """{"code":"err","message":"Session expired, please log in"}""";
        harness.FailOnce("show-maestro-gateways", FakeFault.Refused);

        await harness.ReadAsync();

        Assert.Equal(2, harness.First.Count("login"));
    }

    [Fact]
    public async Task Session_RefusedAgainAfterANewLogin_GivesUp()
    {
        await using var harness = new GaiaHarness();
        harness.First.Fault = c => c == "set-maestro-gateway" ? FakeFault.SessionExpired : FakeFault.None;

        var error = await Assert.ThrowsAsync<GaiaAuthenticationException>(() => harness.ApplyAsync("F1", 0, 1));

        Assert.Equal(2, harness.First.Count("set-maestro-gateway"));
        Assert.False(error.MayHaveHappened);
        Assert.Equal(0, harness.Fabric.Sets);
    }

    [Fact]
    public async Task Session_AWrongPassword_IsNotTriedAgainBeforeTheBackoffIsOver()
    {
        await using var harness = new GaiaHarness(configure: o => o.LoginBackoff = TimeSpan.FromMinutes(1));
        harness.Password = "wrong";

        await Assert.ThrowsAsync<GaiaAuthenticationException>(harness.ReadAsync);
        var error = await Assert.ThrowsAsync<GaiaAuthenticationException>(harness.ReadAsync);
        Assert.Contains("not tried again within 60 s", error.Message, StringComparison.Ordinal);
        Assert.Equal(1, harness.First.Count("login"));

        harness.Password = FakeOrchestrator.Password;
        harness.Time.Advance(TimeSpan.FromMinutes(2));
        Assert.NotEmpty((await harness.ReadAsync()).Gateways);
    }

    [Fact]
    public async Task Session_ReadOnly_ReadsAndRefusesChangesWithTheRemedy()
    {
        await using var harness = new GaiaHarness();
        harness.First.ReadOnly = true;

        Assert.NotEmpty((await harness.ReadAsync()).Gateways);
        var result = await harness.ApplyAsync("F1", 0, 1);

        Assert.Equal(ApplyOutcome.RefusedByOrchestrator, result.Outcome);
        Assert.Contains("read-only", result.Reason, StringComparison.Ordinal);
        Assert.Equal(0, harness.Fabric.Sets);
    }

    [Fact]
    public async Task Session_NoLongerReadOnly_IsTakenUpAtTheNextChange()
    {
        await using var harness = new GaiaHarness();
        harness.First.ReadOnly = true;
        await harness.ReadAsync();
        harness.First.ReadOnly = false;

        Assert.Equal(ApplyOutcome.Applied, (await harness.ApplyAsync("F1", 0, 1)).Outcome);
        Assert.Equal(1, harness.First.Count("logout"));
    }

    [Fact]
    public async Task Session_AnOldApi_IsRefusedWithTheVersion()
    {
        await using var harness = new GaiaHarness();
        harness.First.ApiVersion = "1.7";

        var error = await Assert.ThrowsAsync<GaiaProtocolException>(harness.ReadAsync);

        Assert.Contains("speaks Gaia API 1.7", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dispose_AfterUse_LogsOut()
    {
        var harness = new GaiaHarness();
        await harness.ReadAsync();

        await harness.DisposeAsync();

        Assert.Equal("logout", harness.First.Commands[^1]);
    }

    [Fact]
    public async Task Dispose_OfADeadOrchestrator_EndsAllTheSame()
    {
        var harness = new GaiaHarness();
        await harness.ReadAsync();
        harness.First.Fault = _ => FakeFault.SlowNotDone;

        await harness.DisposeAsync();

        Assert.Contains(harness.Logs.Lines, l => l.Id == 3002);
    }
}
