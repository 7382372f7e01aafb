using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Maestro.Telemetry.Storage.Influx;

namespace Maestro.Telemetry.Tests.Storage;

public sealed class InfluxRowParserTests
{
    // Two chunks, as the server puts them one after the other: a series that goes on, one with other columns, none.
    private const string Answer =
        """
        {"results":[{"statement_id":0,"series":[{"name":"sgm","tags":{"serial":"A\u00e9"},"columns":["time","cpu","text"],"values":[[1,0.5,"x\ny"],[2,null,"x\ny"]],"partial":true}],"partial":true}]}
        {"results":[{"statement_id":0,"series":[{"name":"sgm","tags":{"serial":"B"},"columns":["time","cpu","text"],"values":[[3,1e300,null]]}]},{"statement_id":1,"series":[{"name":"n","columns":["time","count"],"values":[[0,9223372036854775807]]}]},{"statement_id":2}]}

        """;

    private static readonly string[] Rows =
    [
        "0 Aé 1 0.5 x\ny",
        "0 Aé 2 NaN x\ny",
        "0 B 3 1E+300 ",
        "1  0 9223372036854775807 ",
    ];

    [Fact]
    public void Parse_BytesInAnyParts_GivesTheSameRows()
    {
        var bytes = Encoding.UTF8.GetBytes(Answer);
        for (var size = 1; size <= bytes.Length; size++)
        {
            Assert.Equal(Rows, Read(bytes, size));
        }
    }

    [Fact]
    public void Parse_AnError_IsKept()
    {
        var parser = new InfluxRowParser();

        parser.Parse("""{"results":[{"statement_id":0,"error":"database not found: m"}]}"""u8, isLast: true);

        Assert.Equal("database not found: m", parser.Error);
    }

    [Fact]
    public void Parse_AnythingElse_FailsCleanly() => Prop.ForAll(
        Gen.Choose(0, Answer.Length - 1).ToArbitrary(),
        Gen.Choose(0, 255).ToArbitrary(),
        (position, replacement) =>
        {
            var bytes = Encoding.UTF8.GetBytes(Answer);
            bytes[position] = (byte)replacement;
            try
            {
                Assert.True(Read(bytes, 64).Count <= Rows.Length + 1);
            }
            catch (Exception e) when (e is JsonException or InvalidOperationException)
            {
                // As the reader of the answer expects.
            }
        }).QuickCheckThrowOnFailure();

    private static List<string> Read(byte[] bytes, int size)
    {
        var parser = new InfluxRowParser();
        var rows = new List<string>();
        var held = 0;
        var start = 0;
        while (start + held < bytes.Length)
        {
            held = Math.Min(held + size, bytes.Length - start);
            var used = parser.Parse(bytes.AsSpan(start, held), isLast: start + held == bytes.Length);
            start += used;
            held -= used;
            var complete = parser.Rows - (parser.IsLastUnfinished ? 1 : 0);
            for (var row = 0; row < complete; row++)
            {
                rows.Add(Show(parser, row));
            }
        }

        return rows;
    }

    private static string Show(InfluxRowParser parser, int row)
    {
        var series = parser.Series(row);
        var serial = series.Tags.GetValueOrDefault("serial");
        var count = series.IndexOf("count");
        var number = count >= 0
            ? $"{parser.Cell(row, count).Integer}"
            : FormattableString.Invariant($"{parser.Cell(row, series.IndexOf("cpu")).Number}");
        return $"{series.Statement} {serial} {parser.Cell(row, 0).Integer} {number} {parser.Cell(row, series.IndexOf("text")).Text}";
    }
}
