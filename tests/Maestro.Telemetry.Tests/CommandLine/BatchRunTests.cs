using System.Text;
using System.Text.Json;
using Maestro.Telemetry.Cli.Batches;

namespace Maestro.Telemetry.Tests.CommandLine;

public sealed class BatchRunTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Tasks_AreAnsweredLineByLineInOrder()
    {
        var (lines, summary) = await RunAsync(string.Join('\n', Task("a"), "", Task("b", horizon: 5), Task("c")));

        Assert.Equal(["a", "b", "c"], lines.Select(l => l.GetProperty("id").GetString()));
        Assert.Equal([3, 5, 3], lines.Select(l => l.GetProperty("q").GetArrayLength()));
        Assert.All(lines, l => Assert.Equal(13, l.GetProperty("q")[0].GetArrayLength()));
        Assert.Equal((3, 0), (summary.Count, summary.Failed));
    }

    [Fact]
    public async Task TaskThatNamesNoSeason_IsForecastByTheOneThatIsFound()
    {
        var values = string.Join(',', Enumerable.Range(0, 480).Select(static i => i % 24 < 12 ? 1 : 5));

        var (lines, _) = await RunAsync($$"""{"id":"a","H":24,"values":[{{values}}]}""");

        var medians = lines[0].GetProperty("q").EnumerateArray().Select(static row => row[5].GetDouble()).ToArray();
        Assert.All(medians[..12], static value => Assert.Equal(1, value, 0.01));
        Assert.All(medians[12..], static value => Assert.Equal(5, value, 0.01));
    }

    [Theory]
    [InlineData("nonsense", "line 2: it is not JSON (at byte 1); write one object a line, and null for a missing value.")]
    [InlineData("[1]", "line 2: it is an array; write an object with id, m, w, H and values.")]
    [InlineData("""{"m":1}""", "line 2: id is missing; a task has id, m, w, H and values.")]
    [InlineData("""{"id":"x","H":1}""", "line 2: values is missing; a task has id, m, w, H and values.")]
    [InlineData("""{"id":"x","H":1,"values":[]}""", "line 2: values is empty; it must hold the history, oldest value first.")]
    [InlineData(
        """{"id":"x","H":0,"values":[1]}""", "line 2: H is 0; it must be a whole number from 1 to 20000.")]
    [InlineData(
        """{"id":"x","H":1,"values":[1,"?"]}""",
        """line 2: values[1] is "?"; it must be a finite number, or null where it is missing.""")]
    [InlineData(
        """{"id":"x","H":1,"values":[1],"lowest":5,"highest":4}""", "line 2: highest is 4; it must be above lowest, 5.")]
    [InlineData(
        """{"id":"x","H":1,"values":[1,2],"events":[true]}""",
        "line 2: events has 1 entries for 2 values; it must have one for each.")]
    [InlineData(
        """{"id":"x","H":1,"values":[1],"members":[-1]}""",
        "line 2: members[0] is -1; it must be a whole number of at least 0.")]
    public async Task WrongTask_IsAnsweredWithWhatIsWrong(string line, string error)
    {
        var (lines, summary) = await RunAsync(string.Join('\n', Task("a"), line, Task("c")));

        Assert.Equal(3, lines.Count);
        Assert.Equal(error, lines[1].GetProperty("error").GetString());
        Assert.False(lines[1].TryGetProperty("q", out _));
        Assert.Equal((3, 1), (summary.Count, summary.Failed));
    }

    [Fact]
    public async Task Lowest_NotGiven_IsZeroUnlessAValueIsNegative()
    {
        var (lines, _) = await RunAsync(
            """
            {"id":"up","H":2,"values":[0,1,0,2,0,1,0,5,0]}
            {"id":"down","H":2,"values":[0,-1,0,-2,0,-1,0,-5,0]}
            """,
            settings => settings with { Details = true });

        Assert.Equal(0, lines[0].GetProperty("q")[0][0].GetDouble());
        Assert.True(lines[1].GetProperty("q")[0][0].GetDouble() < 0);
        Assert.Equal("naive", lines[1].GetProperty("model").GetString());
    }

    [Fact]
    public async Task Maxima_AreNeverBelowTheQuantiles()
    {
        var (lines, _) = await RunAsync(Task("a"), settings => settings with { Maxima = true });

        for (var step = 0; step < 3; step++)
        {
            for (var level = 0; level < 13; level++)
            {
                Assert.True(lines[0].GetProperty("max")[step][level].GetDouble()
                    >= lines[0].GetProperty("q")[step][level].GetDouble());
            }
        }
    }

    [Fact]
    public async Task ByteOrderMarkAndWindowsLineEnds_DoNotMatter()
    {
        var (lines, _) = await RunAsync($"\uFEFF{Task("a")}\r\n\r\n{Task("b")}\r\n");

        Assert.Equal(["a", "b"], lines.Select(l => l.GetProperty("id").GetString()));
    }

    [Fact]
    public async Task Line_LongerThanAReadBuffer_IsOneTask()
    {
        var values = string.Join(',', Enumerable.Range(0, 60_000).Select(i => $"{i % 7}.25"));

        var (lines, _) = await RunAsync($$"""{"id":"long","m":7,"H":7,"values":[{{values}}]}""");

        Assert.Equal(7, Assert.Single(lines).GetProperty("q").GetArrayLength());
    }

    private static string Task(string id, int horizon = 3) =>
        $$"""{"id":"{{id}}","m":4,"w":1,"H":{{horizon}},"values":[1,2,3,4,1,2,null,4,1,2,3,5]}""";

    private static async Task<(List<JsonElement> Lines, BatchSummary Summary)> RunAsync(
        string tasks, Func<BatchSettings, BatchSettings>? change = null)
    {
        var settings = new BatchSettings { Tasks = "-", Out = "-", Jobs = 2 };
        using var input = new MemoryStream(Encoding.UTF8.GetBytes(tasks));
        using var output = new MemoryStream();
        var summary = await new BatchRun(change is null ? settings : change(settings), TimeProvider.System)
            .ForecastAsync(input, output, null, CancellationToken.None).WaitAsync(Patience);
        var text = Encoding.UTF8.GetString(output.ToArray());
        return ([.. text.TrimEnd().Split('\n').Select(line => JsonDocument.Parse(line).RootElement)], summary);
    }
}
