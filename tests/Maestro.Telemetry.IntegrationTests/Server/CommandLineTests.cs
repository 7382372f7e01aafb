using System.Text.Json;
using System.Text.Json.Nodes;
using Grpc.Net.Client;
using Maestro.Telemetry.IntegrationTests.Storage;
using Maestro.Telemetry.Protocol.V1;
using Maestro.Telemetry.Server;

namespace Maestro.Telemetry.IntegrationTests.Service;

public sealed class CommandLineTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TemporaryDirectory _directory = new();

    [Fact]
    public async Task UnknownOption_EndsWith2()
    {
        var (code, _, errors) = await RunAsync("serve", "--no-such-option");

        Assert.Equal(2, code);
        Assert.Contains("--no-such-option", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_WithoutAServer_EndsWith3AndTheRemedy()
    {
        var (code, output, errors) = await RunAsync("status", "--server", "http://127.0.0.1:1");

        Assert.Equal(3, code);
        Assert.Empty(output);
        Assert.Equal(
            "No server answers at http://127.0.0.1:1/; start one with `maestro serve`, or name it with --server.",
            errors.TrimEnd());
    }

    [Fact]
    public async Task VersionJson_IsOneObject()
    {
        var (code, output, _) = await RunAsync("version", "--json");

        Assert.Equal(0, code);
        Assert.Equal(ProductVersion.Current, JsonDocument.Parse(output).RootElement.GetProperty("version").GetString());
    }

    [Fact]
    public async Task ServeCheck_SeveralWrongSettings_EndsWith2AndOneLineEach()
    {
        var file = _directory.File("wrong.json");
        await File.WriteAllTextAsync(file, """
            {
              "Maestro": {
                "Server": { "GrpcAddress": "http://0.0.0.0:50051" },
                "Ingest": { "MaxBatchRows": 0, "CommitRows": -1 },
                "Storage": { "Directry": "/tmp" },
                "Fabrc": { "Name": "x" }
              }
            }
            """);

        var (code, output, errors) = await RunAsync("serve", "--check", "--config", file);

        Assert.Equal(2, code);
        Assert.Empty(output);
        var lines = errors.TrimEnd().Split('\n');
        Assert.Equal(5, lines.Length);
        Assert.Contains(lines, l => l.StartsWith("Maestro:Server:GrpcAddress is 'http://0.0.0.0:50051'", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.StartsWith("Maestro:Ingest:MaxBatchRows is 0;", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.StartsWith("Maestro:Ingest:CommitRows is -1;", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.StartsWith("Maestro:Storage:Directry is no setting", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.StartsWith("Maestro:Fabrc is no section", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Serve_WithTheJsonFormatter_LogsAnObjectPerLine()
    {
        var file = _directory.File("maestro.json");
        await File.WriteAllTextAsync(file, """
            {
              "Logging": { "Console": { "FormatterName": "json" }, "LogLevel": { "Maestro": "Debug" } },
              "Maestro": {
                "Server": {
                  "GrpcAddress": "http://127.0.0.1:0", "ConsoleAddress": "http://127.0.0.1:0",
                  "OtlpGrpcAddress": "", "ReceiverAddress": ""
                }
              }
            }
            """);
        await using var server = MaestroProcess.Start(_directory.Path, "serve", "--config", file, "--data", _directory.File("data"));
        var address = await server.ReadGrpcAddressAsync();
        using (var channel = GrpcChannel.ForAddress(address))
        {
            using var call = new TelemetryCollector.TelemetryCollectorClient(channel).Stream();
            await call.RequestStream.WriteAsync(new StreamRequest { Hello = ServerUnderTest.Hello() });
            Assert.True(await call.ResponseStream.MoveNext(default).WaitAsync(ServerUnderTest.Patience));
        }

        var (code, log) = await server.StopAsync();

        Assert.Equal(0, code);
        var opened = log.Split('\n')
            .Where(l => l.StartsWith('{'))
            .Select(l => JsonNode.Parse(l)!)
            .First(l => (int?)l["EventId"] == 1101);
        Assert.Equal("S1", (string?)opened["State"]!["Serial"]);
        Assert.EndsWith("Z", (string?)opened["Timestamp"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Forecast_TasksOfAFile_WritesTheAnswersAndEndsWith1ForAWrongOne()
    {
        var values = string.Join(',', Enumerable.Range(0, 96).Select(i => i % 24));
        await File.WriteAllTextAsync(_directory.File("tasks.jsonl"), $$"""
            {"id":"a","m":24,"w":168,"H":3,"values":[{{values}}]}
            {"id":"b","m":24,"w":168,"H":3}

            """);

        var (code, output, errors) = await RunAsync(
            "forecast", "--tasks", "tasks.jsonl", "--out", "answers.jsonl", "--model", "seasonal-naive", "--json");

        Assert.Equal(1, code);
        Assert.Equal("b: line 2: values is missing; a task has id, m, w, H and values.", errors.TrimEnd());
        var summary = JsonDocument.Parse(output).RootElement;
        Assert.Equal(2, summary.GetProperty("series").GetInt32());
        Assert.Equal(1, summary.GetProperty("models").GetProperty("seasonal-naive").GetInt32());
        var answers = await File.ReadAllLinesAsync(_directory.File("answers.jsonl"));
        Assert.Equal(3, JsonDocument.Parse(answers[0]).RootElement.GetProperty("q").GetArrayLength());
        Assert.True(JsonDocument.Parse(answers[1]).RootElement.TryGetProperty("error", out _));
        Assert.Equal(["answers.jsonl", "tasks.jsonl"], Directory.GetFiles(_directory.Path).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task Forecast_OutToADirectoryThatIsNotThere_EndsWith2()
    {
        await File.WriteAllTextAsync(_directory.File("tasks.jsonl"), "");

        var (code, _, errors) = await RunAsync("forecast", "--tasks", "tasks.jsonl", "--out", "no/answers.jsonl");

        Assert.Equal(2, code);
        Assert.Contains("answers.jsonl", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Backtest_OfACsvFile_WritesAReportAndPrintsJson()
    {
        var start = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        await File.WriteAllLinesAsync(
            _directory.File("demand.csv"),
            ["timestamp,value", .. Enumerable.Range(0, 240).Select(i => $"{start.AddHours(i):O},{10 + (i % 24) + (i % 5)}")]);

        var (code, output, errors) = await RunAsync(
            "backtest", "--series", "demand.csv", "--model", "naive", "--horizon", "12h", "--html", "report.html", "--json");

        Assert.True(code == 0, errors);
        var models = JsonDocument.Parse(output).RootElement[0].GetProperty("models");
        Assert.Equal("naive", models[0].GetProperty("model").GetString());
        Assert.Contains("<svg ", await File.ReadAllTextAsync(_directory.File("report.html")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Backtest_UnknownModel_EndsWith2AndTheNames()
    {
        var (code, _, errors) = await RunAsync("backtest", "--series", "demand.csv", "--model", "crystal-ball");

        Assert.Equal(2, code);
        Assert.Contains("seasonal-naive", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("forecast")]
    [InlineData("backtest")]
    [InlineData("replay")]
    [InlineData("upgrade-plan")]
    [InlineData("runway")]
    [InlineData("import")]
    [InlineData("schedule")]
    public async Task Help_OfACommandToLearn_EndsWithExamples(string command)
    {
        var (code, help, _) = await RunAsync(command, "--help");
        var (_, all, _) = await RunAsync("--help");

        Assert.Equal(0, code);
        Assert.Contains($"  maestro {command} --", help[help.IndexOf("Examples:", StringComparison.Ordinal)..], StringComparison.Ordinal);
        Assert.DoesNotContain("Examples:", all, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Schedule_SettingsThatCannotBeRead_EndsWithAllThatIsWrong()
    {
        var file = Path.Combine(_directory.Path, "settings.json");
        await File.WriteAllTextAsync(
            file, """{ "Maestro": { "Fabric": { "Groups": [ { "Id": "one" }, { "Id": 2, "Minimum": "few" } ] } } }""");

        var (code, _, errors) = await RunAsync("schedule", "2", "--config", file);

        Assert.NotEqual(0, code);
        Assert.Contains("Maestro:Fabric:Groups:0:Id is 'one'; it cannot be read: ", errors, StringComparison.Ordinal);
        Assert.Contains("Maestro:Fabric:Groups:1:Minimum is 'few'; it cannot be read: ", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Demo_HeadlessJson_PrintsOneObjectThatAddsUp()
    {
        var (code, output, errors) = await MaestroProcess.RunAsync(
            _directory.Path,
            TimeSpan.FromMinutes(4),
            "demo", "--for", "20s", "--headless", "--json", "--history", "2d", "--console", "http://127.0.0.1:0");

        Assert.True(code == 0, $"{code}: {errors}\n{output}");
        var summary = JsonDocument.Parse(output).RootElement;
        var samples = summary.GetProperty("samples");
        Assert.True(samples.GetProperty("accepted").GetInt64() > 0);
        Assert.Equal(0, samples.GetProperty("refused").GetInt64());
        Assert.Equal(samples.GetProperty("accepted").GetInt64(), samples.GetProperty("stored").GetInt64());
        Assert.True(summary.GetProperty("forecasts").GetInt64() > 0);
        foreach (var kind in new[] { "add", "remove", "move", "failed" })
        {
            Assert.True(summary.GetProperty("commands").GetProperty(kind).GetInt64() >= 0);
        }

        Assert.Equal(0, summary.GetProperty("breaches").GetInt32());
        Assert.True(summary.GetProperty("applyLatencySeconds").GetProperty("p50").GetDouble() >= 0);
        Assert.True(summary.GetProperty("applyLatencySeconds").GetProperty("p99").GetDouble() >= 0);
    }

    [Fact]
    public async Task Demo_OnTheDataOfAnEarlierRun_EndsWith2AndTheRemedy()
    {
        await File.WriteAllTextAsync(_directory.File("telemetry.db"), "");

        var (code, _, errors) = await RunAsync("demo", "--data", _directory.Path, "--headless", "--for", "1s");

        Assert.Equal(2, code);
        Assert.Contains("name another directory, or delete it", errors, StringComparison.Ordinal);
        Assert.False(File.Exists(_directory.File("ledger.db")));
    }

    public void Dispose() => _directory.Dispose();

    private Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] arguments) =>
        MaestroProcess.RunAsync(_directory.Path, Patience, arguments);
}
