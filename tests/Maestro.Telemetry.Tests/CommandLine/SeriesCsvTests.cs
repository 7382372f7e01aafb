using Maestro.Telemetry.Cli.Backtests;

namespace Maestro.Telemetry.Tests.CommandLine;

public sealed class SeriesCsvTests
{
    [Fact]
    public void Parse_WideFile_GivesEachColumn()
    {
        var csv = Parse("""
            timestamp,a,b
            2026-01-01T00:00:00Z,1,10
            2026-01-01T00:05:00Z,,20

            2026-01-01T00:10:00Z,3,3e1
            """);

        Assert.Equal(TimeSpan.FromMinutes(5), csv.Step);
        Assert.Equal(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), csv.Start);
        Assert.Equal(["a", "b"], csv.Columns.Select(c => c.Name));
        Assert.Equal([1, double.NaN, 3], csv.Columns[0].Values);
        Assert.Equal([10, 20, 30], csv.Columns[1].Values);
        Assert.Equal((288, 0), (csv.Steps(TimeSpan.FromDays(1)), csv.Steps(TimeSpan.FromMinutes(7))));
    }

    [Theory]
    [InlineData("", "There are 0 rows; a series needs a header and at least two rows.")]
    [InlineData("timestamp,a\n2026-01-01,1", "There are 1 rows; a series needs a header and at least two rows.")]
    [InlineData(
        "2026-01-01,1\n2026-01-02,2",
        "line 1: the header is '2026-01-01,1'; it must name the columns, like timestamp,value.")]
    [InlineData("t,a,a\n2026-01-01,1,2", "line 1: two columns are called 'a'; give each a name of its own.")]
    [InlineData("t,a\n2026-01-01,1,2", "line 2: it has 3 fields; the header has 2.")]
    [InlineData("t,a\n2026-01-01,x", "line 2: a is 'x'; write a number, or nothing where it is missing.")]
    [InlineData("t,a\nsoon,1", "line 2: the time is 'soon'; write it as 2026-01-31T23:55:00Z.")]
    [InlineData(
        "t,a\n2026-01-02,1\n2026-01-01,1",
        "line 3: 2026-01-01T00:00:00.0000000+00:00 is not after the row before it; sort the rows by time.")]
    [InlineData(
        "t,a\n2026-01-01,1\n2026-01-02,1\n2026-01-04,1",
        "line 4: the time is 2026-01-04T00:00:00.0000000+00:00, and on a grid of 1.00:00:00 it should be "
        + "2026-01-03T00:00:00.0000000+00:00; give each step a row, with nothing where a value is missing.")]
    public void Parse_WrongFile_SaysWhereAndWhatToDo(string text, string message) =>
        Assert.Equal(message, Assert.Throws<FormatException>(() => Parse(text)).Message);

    [Fact]
    public void Parse_OtherStepThanAskedFor_IsRefused()
    {
        using var reader = new StringReader("t,a\n2026-01-01T00:00Z,1\n2026-01-01T00:05Z,1");

        Assert.Contains(
            "line 3",
            Assert.Throws<FormatException>(() => SeriesCsv.Parse(reader, TimeSpan.FromMinutes(1))).Message,
            StringComparison.Ordinal);
    }

    private static SeriesCsv Parse(string text)
    {
        using var reader = new StringReader(text);
        return SeriesCsv.Parse(reader, null);
    }
}
