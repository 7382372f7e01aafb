using Maestro.Telemetry.Gaia;
using Maestro.Telemetry.Gaia.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;

namespace Maestro.Telemetry.Tests.Orchestration;

public sealed class DiagnosticsClientTests : IDisposable
{
    private const int MaxResponseBytes = 64 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly FakeSecurityGroup _group = new();

    [Fact]
    public async Task Read_AMember_AsksItByNameForBothTopics()
    {
        await using var client = Client();

        var reading = await ReadAsync(client, "1_2");

        Assert.Equal((40, 60, 25, null), (reading.Cpu.MeanPercent, reading.Cpu.BusiestPercent, reading.MemoryUsedPercent, reading.MemoryProblem));
        Assert.Equal(
            [
                """{"category":"os","topic":"cpu","member-id":"1_2"}""",
                """{"category":"os","topic":"memory","member-id":"1_2"}""",
            ],
            _group.Asked.Select(body => body.ToJsonString()));
    }

    [Fact]
    public async Task Read_NoMember_LeavesItOut()
    {
        await using var client = Client();

        await ReadAsync(client, null);

        Assert.All(_group.Asked, body => Assert.False(body.ContainsKey("member-id")));
    }

    [Fact]
    public async Task Read_MemoryIsNoMeasurement_StillHasTheProcessor()
    {
        _group.Answers["memory"] = """{"objects":[{"type":"physical"}]}""";
        await using var client = Client();

        var reading = await ReadAsync(client, "1_2");

        Assert.Equal(40, reading.Cpu.MeanPercent);
        Assert.Null(reading.MemoryUsedPercent);
        Assert.StartsWith(
            "Security Group 7 answered show-diagnostics memory of member 1_2 without", reading.MemoryProblem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}", "without \"objects\"")]
    [InlineData("""{"task-id":"1"}""", "without \"objects\"")]
    [InlineData("""{"objects":"none"}""", "without \"objects\"")]
    [InlineData("""{"objects":[{"idle":1}],"total":"many"}""", "JSON of another form")]
    [InlineData("[]", "instead of JSON")]
    [InlineData("<html>", "instead of JSON")]
    public async Task Read_AnotherAnswer_IsAProtocolError(string answer, string part)
    {
        _group.Answers["cpu"] = answer;
        await using var client = Client();

        var e = await Assert.ThrowsAsync<GaiaProtocolException>(() => ReadAsync(client, "1_2"));

        Assert.Contains(part, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_AHugeAnswer_IsNotReadToItsEnd()
    {
        _group.Answers["cpu"] = $$"""{"objects":[{"name":"{{new string('x', MaxResponseBytes)}}","idle":1}]}""";
        await using var client = Client();

        await Assert.ThrowsAsync<GaiaProtocolException>(() => ReadAsync(client, "1_2"));
    }

    [Fact]
    public async Task Read_AnApiWithoutTheCommand_IsRefusedAtTheLogin()
    {
        _group.ApiVersion = "1.5";
        await using var client = Client();

        var e = await Assert.ThrowsAsync<GaiaProtocolException>(() => ReadAsync(client, "1_2"));

        Assert.Equal("Security Group 7 speaks Gaia API 1.5; show-diagnostics needs 1.6 or later.", e.Message);
    }

    [Fact]
    public async Task Read_SeveralAtOnce_TakesAsManySessionsAsThereAre()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _group.Gate = gate.Task;
        await using var client = Client(sessions: 2);

        var readings = Enumerable.Range(1, 6).Select(i => ReadAsync(client, $"1_{i}")).ToList();
        gate.SetResult();
        await Task.WhenAll(readings);
        await ReadAsync(client, "1_1");

        Assert.Equal(2, _group.MostAtOnce);
        Assert.Equal(2, _group.Logins);
        Assert.Equal(14, _group.Asked.Count);
    }

    public void Dispose() => _group.Dispose();

    private DiagnosticsClient Client(int sessions = 1)
    {
        // Set wherever tests run.
        var options = new GaiaOptions
        {
            Orchestrators = [new() { Id = "7", Address = "https://group.test" }],
            PasswordEnvironmentVariable = "PATH",
            MaxResponseBytes = MaxResponseBytes,
        };
        return new(options, "7", sessions, _ => _group, TimeProvider.System, NullLoggerFactory.Instance, meters: null);
    }

    private static Task<MemberReading> ReadAsync(DiagnosticsClient client, string? member) =>
        client.ReadAsync(member, CancellationToken.None).WaitAsync(Patience);
}
