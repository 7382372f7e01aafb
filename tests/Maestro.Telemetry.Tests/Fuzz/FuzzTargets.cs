using System.Buffers;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Google.Protobuf;
using IronSnappy;
using Maestro.Telemetry.Cli.Backtests;
using Maestro.Telemetry.Protocol.RemoteWrite;
using Maestro.Telemetry.Server.Configuration;
using Maestro.Telemetry.Server.Receivers;
using Maestro.Telemetry.Server.Receivers.Intake;
using Maestro.Telemetry.Server.Receivers.Otlp;
using Maestro.Telemetry.Server.Receivers.RemoteWrite;
using Maestro.Telemetry.Storage.Influx;
using Maestro.Telemetry.Tests.Receivers;
using Maestro.Telemetry.Tests.Receivers.Foreign;
using Maestro.Telemetry.Tests.Rpc;
using Microsoft.Extensions.Options;

namespace Maestro.Telemetry.Tests.Fuzz;

/// <summary>Every decoder of bytes that come from outside.</summary>
internal static class FuzzTargets
{
    private const int Limit = 64 * 1_024;

    private static readonly Encoding Lenient = new UTF8Encoding(false, throwOnInvalidBytes: false);

    public static IReadOnlyDictionary<string, FuzzTarget> All { get; } = new Dictionary<string, FuzzTarget>
    {
        ["native"] = new(
            random => new RandomRequest(random.Next()).Bytes(),
            (bytes, random) => Done(() => RequestReader.Read(Pieces(bytes, random))),
            e => e is InvalidProtocolBufferException),
        ["otlp"] = new(
            random => new RandomExport(random).Request().ToByteArray(),
            (bytes, _) => Done(() => new OtlpReader<SeriesDescription>(new RecordingSink()).Read(bytes)),
            IsRefused),
        ["otlp json"] = new(
            random => Encoding.UTF8.GetBytes(JsonFormatter.Default.Format(new RandomExport(random).Request())),
            (bytes, _) => Done(() => new OtlpJsonReader<SeriesDescription>(new RecordingSink()).Read(bytes)),
            IsRefused),
        ["remote write"] = new(
            random => WriteRequest(random).ToByteArray(),
            (bytes, _) => Done(() => WriteRequestReader.Read(bytes, new RecordingSink())),
            IsRefused),
        ["snappy"] = new(
            random => Snappy.Encode(WriteRequest(random).ToByteArray()),
            (bytes, _) => Done(() => SnappyBlock.Decode(bytes, Limit)),
            IsRefused),
        ["gzip"] = new(
            random => Gzip(WriteRequest(random).ToByteArray(), random),
            async (bytes, _) =>
            {
                using var body = new RequestBody(new ByteBudget(Options.Create(new ReceiverOptions())));
                await body.TryReadAsync(new MemoryStream(bytes), isGzip: true, Limit, CancellationToken.None);
            },
            IsRefused),
        ["influxdb"] = new(
            InfluxAnswer,
            (bytes, random) => Done(() => ReadAnswer(bytes, random)),
            e => e is JsonException or InvalidOperationException),
        ["csv"] = new(
            Csv,
            (bytes, _) => Done(() => SeriesCsv.Parse(new StringReader(Lenient.GetString(bytes)), null)),
            e => e is FormatException),
    };

    private static bool IsRefused(Exception e) => e is MalformedRequestException or RequestTooLargeException;

    private static Task Done(Action decode)
    {
        decode();
        return Task.CompletedTask;
    }

    private static ReadOnlySequence<byte> Pieces(byte[] bytes, Random random) =>
        random.Next(2) == 0 ? new ReadOnlySequence<byte>(bytes) : Frames.InPieces(bytes, random.Next(1, 20));

    private static WriteRequest WriteRequest(Random random)
    {
        var request = new WriteRequest();
        for (var i = random.Next(5); i > 0; i--)
        {
            var series = new TimeSeries();
            for (var j = random.Next(4); j > 0; j--)
            {
                series.Labels.Add(new Protocol.RemoteWrite.Label { Name = $"l{random.Next(3)}", Value = new string('v', random.Next(20)) });
                series.Samples.Add(new Sample { Timestamp = random.NextInt64(), Value = random.NextDouble() });
            }

            request.Timeseries.Add(series);
        }

        return request;
    }

    // Now and then a bomb: a few bytes that become far more than the limit.
    private static byte[] Gzip(byte[] bytes, Random random)
    {
        var output = new MemoryStream();
        using (var gzip = new GZipStream(output, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(bytes);
            gzip.Write(new byte[random.Next(8) == 0 ? 8 * Limit : random.Next(200)]);
        }

        return output.ToArray();
    }

    private static byte[] InfluxAnswer(Random random)
    {
        var text = new StringBuilder();
        for (var chunk = random.Next(1, 4); chunk > 0; chunk--)
        {
            var rows = Enumerable.Range(0, random.Next(4)).Select(i => random.Next(4) switch
            {
                0 => $"[{i},null,\"x\\ny\"]",
                1 => $"[{i},1e300,null]",
                _ => $"[{random.NextInt64()},{random.Next(100)}.5,\"é\"]",
            });
            text.Append("{\"results\":[{\"statement_id\":0,\"series\":[{\"name\":\"sgm\",\"tags\":{\"serial\":\"S1\"},")
                .Append("\"columns\":[\"time\",\"cpu\",\"text\"],\"values\":[").AppendJoin(',', rows)
                .Append("]}]}]}\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static void ReadAnswer(byte[] bytes, Random random)
    {
        var parser = new InfluxRowParser();
        var (start, held) = (0, 0);
        while (start + held < bytes.Length)
        {
            held = Math.Min(held + random.Next(1, 100), bytes.Length - start);
            var used = parser.Parse(bytes.AsSpan(start, held), isLast: start + held == bytes.Length);
            start += used;
            held -= used;
            for (var row = 0; row < parser.Rows - (parser.IsLastUnfinished ? 1 : 0); row++)
            {
                for (var column = 0; column < 3; column++)
                {
                    _ = parser.Cell(row, Math.Min(column, parser.Series(row).Columns.Count - 1));
                }
            }
        }
    }

    private static byte[] Csv(Random random)
    {
        var text = new StringBuilder("time,a,b\n");
        for (var i = 0; i < random.Next(2, 12); i++)
        {
            text.Append(FormattableString.Invariant($"2026-11-22T00:{i:00}:00Z,{random.Next(100)}.5,{random.Next(9)}\n"));
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
