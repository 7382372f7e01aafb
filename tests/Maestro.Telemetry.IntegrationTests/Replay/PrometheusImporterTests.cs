using System.Globalization;
using Maestro.Telemetry.Cli.Replays.Import;
using Maestro.Telemetry.IntegrationTests.Storage;

namespace Maestro.Telemetry.IntegrationTests.Replay;

public sealed class PrometheusImporterTests : IDisposable
{
    private const string Shape = """
        {"status":"success","data":{"resultType":"matrix","result":[
          {"metric":{"__name__":"sg:cpu_work","environment":"dc1","sp_security_group_id":"1"},
           "values":[[1772452800,"3.5"],[1772453100,"NaN"],[1772453400,"4"],[1772454000,"5e-1"]]},
          {"metric":{"__name__":"sg:cpu_work","environment":"dc1","sp_security_group_id":"2"},
           "values":[[1772453100.000,"1"],[1772453400.001,"+Inf"],[1772453700,"2"]]}]},
         "infos":["a note"]}
        """;

    private readonly TemporaryDirectory _directory = new();

    [Fact]
    public void EachSeries_IsAGroup_NamedByTheLabelsThatDiffer()
    {
        var traces = Read([Write("a.json", Shape)]);

        Assert.Equal(["sp_security_group_id=1", "sp_security_group_id=2"], traces.Select(static t => t.Name));
        Assert.All(traces, static t => Assert.Equal(TimeSpan.FromMinutes(5), t.Series.Step));
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1_772_452_800), traces[0].Series.Start);
        Assert.Equal([3.5, double.NaN, 4, double.NaN, 0.5], traces[0].Series.Values.ToArray());
        Assert.Equal([1, double.NaN, 2], traces[1].Series.Values.ToArray());
    }

    [Fact]
    public void SeveralFiles_OfTheSameSeries_AreOneInOrderOfTime()
    {
        var later = Write("later.json", One("""[1772453400,"3"],[1772453700,"4"]"""));
        var sooner = Write("sooner.json", One("""[1772452800,"1"],[1772453100,"2"]"""));

        var trace = Assert.Single(Read([later, sooner]));

        Assert.Equal([1.0, 2, 3, 4], trace.Series.Values.ToArray());
    }

    [Fact]
    public void AFinerSeries_IsAveraged_AndStandsWhereAllOfItIsKnown()
    {
        var values = Enumerable.Range(1, 10).Select(static i =>
            string.Create(CultureInfo.InvariantCulture, $"[{1_772_452_800 + (60 * i)},\"{i}\"]"));

        var trace = Assert.Single(Read([Write("a.json", One(string.Join(',', values)))], TimeSpan.FromMinutes(5)));

        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1_772_453_100), trace.Series.Start);
        Assert.Equal([3.0, 8], trace.Series.Values.ToArray());
    }

    [Theory]
    [InlineData("""{"status":"error","errorType":"bad_data","error":"parse error"}""", "error is 'parse error'; mend the query")]
    [InlineData("""{"status":"success","data":{"resultType":"vector","result":[]}}""", "data.resultType is 'vector'; it must be 'matrix'")]
    [InlineData("""{"status":"success","data":{"resultType":"matrix","result":[]}}""", "data.result is empty; ask for a time")]
    [InlineData("""{"status":"success","data":{"resultType":"matrix","result":[{"metric":{},"histograms":[]}]}}""", "data.result[0].values is missing;")]
    [InlineData("{\n\"status\":", "line 2: it is not JSON")]
    public void WhatIsNoAnswerToARangeQuery_IsRefused(string text, string problem)
    {
        var file = Write("a.json", text);

        Assert.StartsWith(
            $"{file}: {problem}", Assert.Throws<FormatException>(() => Read([file])).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""[1772452800,"1"],[1772453100,"many"]""", """values[1] is 'many'; a demand is a number of at least 0""")]
    [InlineData("""[1772452800,"-1"]""", """values[0] is '-1'; a demand""")]
    [InlineData("""["noon","1"]""", """values[0] is ["noon","1"]; write a time in seconds""")]
    public void APointThatIsNone_IsRefusedWithItsPlace(string points, string problem)
    {
        var file = Write("a.json", One(points));

        Assert.StartsWith(
            $"{file}: data.result[0].{problem}",
            Assert.Throws<FormatException>(() => Read([file])).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Column_ThatIsNotThere_IsRefusedAmongSeveral()
    {
        var message = Assert.Throws<FormatException>(() => TraceImport.Read(
            [new(null, [Write("a.json", Shape)])], new() { Columns = ["sp_security_group_id=1", "x"] })).Message;

        Assert.Equal(
            "--column is 'x', and there is no such column; there are sp_security_group_id=1, sp_security_group_id=2.", message);
    }

    public void Dispose() => _directory.Dispose();

    private static string One(string points) =>
        $$$"""{"status":"success","data":{"resultType":"matrix","result":[{"metric":{"sg":"1"},"values":[{{{points}}}]}]}}""";

    private static IReadOnlyList<ImportedTrace> Read(string[] files, TimeSpan? step = null) =>
        TraceImport.Read([new(TraceFormat.Prometheus, files)], new() { Step = step });

    private string Write(string name, string text)
    {
        var file = _directory.File(name);
        File.WriteAllText(file, text);
        return file;
    }
}
