using Maestro.Telemetry.Gaia;

namespace Maestro.Telemetry.Tests.Orchestration;

public sealed class GaiaTransportTests
{
    [Fact]
    public async Task Reading_AnHtmlPageWith503_GivesStatusAndContentTypeAndNotTheBody()
    {
        await using var harness = new GaiaHarness();
        harness.FailOnce("show-maestro-gateways", FakeFault.Html503NotDone);

        var error = await Assert.ThrowsAsync<GaiaUnavailableException>(harness.ReadAsync);

        Assert.Equal(503, error.Status);
        Assert.Equal("Orchestrator 1_1 answered show-maestro-gateways with HTTP 503 and text/html.", error.Message);
    }

    [Fact]
    public async Task Reading_AnHtmlPageWith200_IsAProtocolError()
    {
        await using var harness = new GaiaHarness();
        harness.FailOnce("show-maestro-gateways", FakeFault.Html200);

        var error = await Assert.ThrowsAsync<GaiaProtocolException>(harness.ReadAsync);

        Assert.Contains("HTTP 200 and text/html instead of JSON", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("body-of-the-page", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reading_GarbageJson_IsAProtocolErrorWithoutTheBody()
    {
        await using var harness = new GaiaHarness();
        harness.FailOnce("show-maestro-security-groups", FakeFault.GarbageDone);

        var error = await Assert.ThrowsAsync<GaiaProtocolException>(harness.ReadAsync);

        Assert.Contains("JSON of another form", error.Message, StringComparison.Ordinal);
        Assert.Null(error.InnerException);
    }

    [Fact]
    public async Task Reading_AnOversizedReply_IsRefusedAtTheLimit()
    {
        await using var harness = new GaiaHarness();
        harness.FailOnce("show-maestro-gateways", FakeFault.Oversized);

        var error = await Assert.ThrowsAsync<GaiaProtocolException>(harness.ReadAsync);

        Assert.Contains("larger than 100000 bytes", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"code":"c1","message":"m1","errors":"e1"}""", "c1; m1; e1")]
    [InlineData("""{"code":"c1","message":"m1","errors":["e1","e2"]}""", "c1; m1; e1; e2")]
    [InlineData("""{"code":"c1","message":"m1","errors":[{"message":"e1"},{"message":"e2"}]}""", "c1; m1; e1; e2")]
    [InlineData("""{"message":"m\n1"}""", "m 1")]
    [InlineData("""{"code":17}""", "17")]
    public async Task Reading_AVendorErrorOfAnyForm_GivesItsWords(string body, string words)
    {
        await using var harness = new GaiaHarness();
        harness.First.ErrorBody = body;
        harness.FailOnce("show-maestro-gateways", FakeFault.Refused);

        var error = await Assert.ThrowsAsync<GaiaRefusedException>(harness.ReadAsync);

        Assert.Equal($"Orchestrator 1_1 answered show-maestro-gateways with HTTP 400: {words}.", error.Message);
    }

    [Fact]
    public async Task Reading_ASlowOrchestrator_TimesOut()
    {
        await using var harness = new GaiaHarness();
        harness.FailOnce("show-maestro-gateways", FakeFault.SlowNotDone);

        var error = await Assert.ThrowsAsync<GaiaTimeoutException>(harness.ReadAsync);

        Assert.Contains("show-maestro-gateways was not answered within 30 s", error.Message, StringComparison.Ordinal);
        Assert.False(error.MayHaveHappened);
    }

    [Fact]
    public async Task Reading_CancelledByTheCaller_IsACancellation()
    {
        await using var harness = new GaiaHarness();
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => harness.Controller.ReadAsync(cancelled.Token).WaitAsync(TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public async Task Reading_CancelledHalfWay_LeavesItsTurnToTheNextOne()
    {
        await using var harness = new GaiaHarness(orchestrators: 2);
        using var cancelled = new CancellationTokenSource();
        harness.First.After = _ => cancelled.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => harness.Controller.ReadAsync(cancelled.Token).WaitAsync(TimeSpan.FromSeconds(10)));
        harness.First.After = _ => { };

        var snapshot = await harness.ReadAsync();

        Assert.NotEmpty(harness.First.Commands);
        Assert.Equal(2, snapshot.Groups.Length);
    }
}
