using Maestro.Telemetry.AgentApp;
using Maestro.Telemetry.IntegrationTests.Storage;

namespace Maestro.Telemetry.IntegrationTests.Agents;

public sealed class AgentApplicationTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Check_TellsEveryErrorAtOnce()
    {
        using var directory = new TemporaryDirectory();
        await File.WriteAllTextAsync(
            directory.File("agent.json"),
            """{ "Maestro": { "Agent": { "Serial": "S1", "Site": "x", "Sender": { "Lingr": 1 }, "Interval": "00:00:00" } } }""");

        var (code, output, errors) = await RunAsync("--config", directory.File("agent.json"), "--check");

        Assert.Equal((2, ""), (code, output));
        Assert.Collection(
            errors.Split('\n', StringSplitOptions.RemoveEmptyEntries),
            line => Assert.StartsWith("Maestro:Agent:Sender:Lingr is no setting of the agent; use one of AgentId", line, StringComparison.Ordinal),
            line => Assert.Equal("Maestro:Agent:Site is 'x'; give a whole number.", line),
            line => Assert.StartsWith("Maestro:Agent:Server (--server) is ''", line, StringComparison.Ordinal),
            line => Assert.StartsWith("Maestro:Agent:Interval (--interval) is 00:00:00", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Check_OfWhatCanBeUsed_SaysSo()
    {
        using var directory = new TemporaryDirectory();
        await File.WriteAllTextAsync(
            directory.File("agent.json"),
            """{ "Maestro": { "Agent": { "Server": "http://127.0.0.1:1", "Serial": "S1" } } }""");

        var (code, output, _) = await RunAsync($"--config={directory.File("agent.json")}", "--check");

        Assert.Equal((0, "The configuration can be used."), (code, output.TrimEnd()));
    }

    [Theory]
    [InlineData(null, "it cannot be read")]
    [InlineData("{", "it is not JSON")]
    public async Task File_ThatIsNoConfiguration_IsTheOnlyError(string? text, string reason)
    {
        using var directory = new TemporaryDirectory();
        if (text is not null)
        {
            await File.WriteAllTextAsync(directory.File("agent.json"), text);
        }

        var (code, _, errors) = await RunAsync("--config", directory.File("agent.json"));

        Assert.Equal(2, code);
        Assert.Contains(reason, Assert.Single(errors.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "maestro-agent --config FILE", "--help")]
    [InlineData(0, "maestro-agent 0.", "--version")]
    [InlineData(2, "'--serail' is no option", "--serail")]
    [InlineData(2, "--config needs a file", "--config")]
    public async Task CommandLine_IsAnswered(int expected, string text, params string[] arguments)
    {
        var (code, output, errors) = await RunAsync(arguments);

        Assert.Equal(expected, code);
        Assert.Contains(text, output + errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Agent_WithoutACollector_StopsWhenAskedTo_AndLeavesItsJournal()
    {
        using var directory = new TemporaryDirectory();
        await File.WriteAllTextAsync(
            directory.File("agent.json"),
            $$"""
            { "Maestro": { "Agent": { "Server": "http://127.0.0.1:1", "Serial": "S1", "Interval": "00:00:01",
                "Sender": { "StopGrace": "00:00:00" }, "Journal": { "Directory": "{{directory.File("journal")}}" } } } }
            """);
        using var stop = new CancellationTokenSource();
        using var output = new StringWriter();
        var run = AgentApplication.RunAsync(["--config", directory.File("agent.json")], output, output, stop.Token);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!Directory.Exists(directory.File("journal")) || Directory.GetFiles(directory.File("journal")).Length < 2)
        {
            await timer.WaitForNextTickAsync().AsTask().WaitAsync(Patience);
            Assert.False(run.IsCompleted, output.ToString());
        }

        await stop.CancelAsync();

        Assert.Equal(0, await run.WaitAsync(Patience));
        Assert.Single(Directory.GetFiles(directory.File("journal"), "*.segment"));
    }

    private static async Task<(int Code, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var code = await AgentApplication.RunAsync(arguments, output, errors, default).WaitAsync(Patience);
        return (code, output.ToString(), errors.ToString());
    }
}
