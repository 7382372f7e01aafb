using Maestro.Telemetry.Agent;

namespace Maestro.Telemetry.Tests.Agents;

public sealed class DemandTraceTests
{
    private const string Csv = """
        timestamp,value,anomaly
        2026-01-01T00:00:00Z,10,0
        2026-01-01T00:05:00Z,30,1

        2026-01-01T00:10:00Z,2.0e+01,0
        """;

    [Fact]
    public void Parse_ReadsPointsInUtc()
    {
        var trace = Parse(Csv);

        Assert.Equal([10, 30, 20], trace.Points.Select(p => p.Value));
        Assert.Equal([false, true, false], trace.Points.Select(p => p.IsAnomaly));
        Assert.Equal(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), trace.Start);
        Assert.Equal((30, TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15)), (trace.Peak, trace.Step, trace.Period));
    }

    [Theory]
    [InlineData(0, 10)]
    [InlineData(2.5, 20)]
    [InlineData(5, 30)]
    [InlineData(9, 22)]
    [InlineData(10, 20)]
    public void ValueAt_IsOnTheLineBetweenThePoints(double minutes, double expected)
    {
        Assert.Equal(expected, Parse(Csv).ValueAt(TimeSpan.FromMinutes(minutes), loop: false)!.Value, tolerance: 1e-9);
    }

    [Theory]
    [InlineData(-0.001)]
    [InlineData(10.001)]
    public void ValueAt_OutsideTheTrace_IsNothing(double minutes)
    {
        Assert.Null(Parse(Csv).ValueAt(TimeSpan.FromMinutes(minutes), loop: false));
    }

    [Theory]
    [InlineData(12.5, 15)]
    [InlineData(15, 10)]
    [InlineData(47.5, 20)]
    [InlineData(-5, 20)]
    [InlineData(-2.5, 15)]
    public void ValueAt_Looped_LeadsBackToTheStart(double minutes, double expected)
    {
        Assert.Equal(expected, Parse(Csv).ValueAt(TimeSpan.FromMinutes(minutes), loop: true)!.Value, tolerance: 1e-9);
    }

    [Theory]
    [InlineData("time,load\n", "Line 1: the header is 'time,load'")]
    [InlineData("timestamp,value\n2026-01-01T00:00:00Z\n", "Line 2: it has 1 fields, but the header has 2")]
    [InlineData("timestamp,value\n2026-01-01T00:00:00Z,1\nyesterday,2\n", "Line 3: the timestamp is 'yesterday'")]
    [InlineData("timestamp,value\n2026-01-01T00:00:00Z,NaN\n", "Line 2: the value is 'NaN'")]
    [InlineData("timestamp,value\n2026-01-01T00:00:00Z,-1\n", "Line 2: the value is '-1'")]
    [InlineData("timestamp,value\n2026-01-01T00:00:00Z,1,5\n", "Line 2: it has 3 fields, but the header has 2")]
    [InlineData("timestamp,value,anomaly\n2026-01-01T00:00:00Z,1,x\n", "Line 2: the anomaly is 'x'")]
    [InlineData(
        "timestamp,value\n\n2026-01-01T00:05:00Z,1\n2026-01-01T00:05:00Z,1\n",
        "Line 4: 2026-01-01T00:05:00.0000000+00:00 is not after the line before it")]
    [InlineData("timestamp,value\n2026-01-01T00:00:00Z,1\n", "The trace has 1 points")]
    [InlineData("", "The trace has 0 points")]
    public void Parse_NamesTheLineThatIsWrong(string csv, string message)
    {
        var error = Assert.Throws<FormatException>(() => Parse(csv));

        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }

    private static DemandTrace Parse(string csv) => DemandTrace.Parse(new StringReader(csv));
}
