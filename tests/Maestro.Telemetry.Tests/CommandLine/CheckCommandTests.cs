using Google.Protobuf.WellKnownTypes;
using Maestro.Telemetry.Cli.Commands;
using Maestro.Telemetry.Protocol.V1;
using Spectre.Console;

namespace Maestro.Telemetry.Tests.CommandLine;

public sealed class CheckCommandTests
{
    [Theory]
    [InlineData("error", false, 1)]
    [InlineData("error", true, 1)]
    [InlineData("warning", false, 0)]
    [InlineData("warning", true, 1)]
    [InlineData("info", true, 0)]
    [InlineData(null, true, 0)]
    public void Judge_Findings_GivesTheExitCode(string? severity, bool strict, int code) =>
        Assert.Equal(code, CheckCommand.Judge(Answer(severity), strict));

    [Fact]
    public void Judge_FabricThatCannotBeRead_Fails()
    {
        Assert.Equal(1, CheckCommand.Judge(new CheckResponse(), strict: false));

        var stale = Answer(null);
        stale.Problem = "No Orchestrator answers.";
        Assert.Equal(1, CheckCommand.Judge(stale, strict: false));
    }

    [Fact]
    public void Print_Findings_ShowsEveryPartAndTheSum()
    {
        using var writer = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
        });
        console.Profile.Width = 200;

        CheckView.Print(console, Answer("error"));

        foreach (var part in new[] { "error", "S10", "Orchestrator 1_1", "10 GbE", "40 or 100 GbE", "[use another]" })
        {
            Assert.Contains(part, writer.ToString(), StringComparison.Ordinal);
        }

        Assert.Contains("1 errors, 0 warnings, 0 for information", writer.ToString(), StringComparison.Ordinal);
    }

    private static CheckResponse Answer(string? severity)
    {
        var answer = new CheckResponse
        {
            Fabric = "lab",
            ReadAt = Timestamp.FromDateTimeOffset(new(2026, 3, 4, 12, 0, 0, TimeSpan.Zero)),
        };
        if (severity is not null)
        {
            answer.Findings.Add(new Finding
            {
                Rule = "S10",
                Severity = severity,
                Object = "Orchestrator 1_1",
                Found = "10 GbE",
                Required = "40 or 100 GbE",
                Remedy = "[use another]",
            });
        }

        return answer;
    }
}
