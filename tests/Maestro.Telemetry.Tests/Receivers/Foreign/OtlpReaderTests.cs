using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf;
using Maestro.Telemetry.Protocol.Otlp;
using Maestro.Telemetry.Server.Receivers.Intake;
using Maestro.Telemetry.Server.Receivers.Otlp;
using Label = Maestro.Telemetry.Server.Receivers.Intake.Label;

namespace Maestro.Telemetry.Tests.Receivers.Foreign;

public sealed class OtlpReaderTests
{
    [Fact]
    public void Read_AnyRequest_TellsWhatTheGeneratedParserReads() => ForAnyRequest(request =>
        Read(request.ToByteArray()).Lines.SequenceEqual(Expected(request)));

    [Fact]
    public void Read_AnyRequestAsJson_TellsTheSameAsProtobuf() => ForAnyRequest(request =>
    {
        var (binary, json) = (Read(request.ToByteArray()), ReadJson(JsonFormatter.Default.Format(request)));

        return binary.Lines.SequenceEqual(json.Lines) && binary.Ignored.OrderBy(i => i.Key).SequenceEqual(json.Ignored.OrderBy(i => i.Key));
    });

    [Fact]
    public void Read_AnyDamage_IsRefusedOrReadAndNothingElse() => ForAnyRequest((request, random) =>
    {
        var bytes = Mutation.Of(request.ToByteArray(), random);
        var json = Mutation.Of(Encoding.UTF8.GetBytes(JsonFormatter.Default.Format(request)), random);
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            Read(bytes);
            new OtlpJsonReader<SeriesDescription>(new RecordingSink()).Read(json);
        }
        catch (MalformedRequestException e)
        {
            Assert.NotEmpty(e.Message);
        }

        return GC.GetAllocatedBytesForCurrentThread() - before < 20_000_000;
    });

    [Fact]
    public void Read_AMillionEmptyMessages_CostsNoMoreThanTheirBytes()
    {
        // An empty data point under a gauge, under a metric, a scope, a resource: two bytes of the body each.
        var gauge = new byte[2_000_000];
        for (var i = 0; i < gauge.Length; i += 2)
        {
            gauge[i] = (Gauge.DataPointsFieldNumber << 3) | 2;
        }

        var sink = new RecordingSink();
        var body = Wrap(1, Wrap(2, Wrap(2, Wrap(5, gauge))));
        var before = GC.GetAllocatedBytesForCurrentThread();

        new OtlpReader<SeriesDescription>(sink).Read(body);

        Assert.Equal(1_000_000, sink.Ignored[IgnoredReason.Stale]);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
    }

    [Fact]
    public void ReadJson_AsSpecified_TakesNumbersAsTextAndEnumerationsAsNumbers()
    {
        var sink = ReadJson("""
            {"resourceMetrics":[{"resource":{"attributes":[{"key":"host.name","value":{"stringValue":"sg1-ch01-02"}}]},
             "scopeMetrics":[{"scope":{"name":"x"},"metrics":[
              {"name":"system.network.connections.rate","unit":"1","sum":{"aggregationTemporality":1,"isMonotonic":true,
               "dataPoints":[{"timeUnixNano":"1700000000123456789","asInt":"42",
                "attributes":[{"key":"n","value":{"intValue":"3"}},{"key":"list","value":{"arrayValue":{}}}]}]}},
              {"name":"h","exponentialHistogram":{"dataPoints":[{},{}]}}]}]}]}
            """);

        Assert.Equal(
            [
                RecordingSink.Line(
                    "system_network_connections_rate",
                    "1",
                    true,
                    [new Label("host_name", "sg1-ch01-02"), new Label("n", "3")],
                    1_700_000_000_123,
                    42),
            ],
            sink.Lines);
        Assert.Equal(2, sink.Ignored[IgnoredReason.Distribution]);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{\"resourceMetrics\":{}}")]
    [InlineData("{\"resourceMetrics\":[1]}")]
    [InlineData("{\"resourceMetrics\":[{\"scopeMetrics\":[{\"metrics\":[{\"gauge\":{\"dataPoints\":[1]}}]}]}]}")]
    [InlineData("{\"resourceMetrics\":[{\"scopeMetrics\":[{\"metrics\":[{\"name\":\"\\ud800\",\"gauge\":{\"dataPoints\":[{\"asInt\":1}]}}]}]}]}")]
    [InlineData("{\"resourceMetrics\":[{\"scopeMetrics\":[{\"metrics\":[{\"gauge\":{\"dataPoints\":[{\"asInt\":\"x\"}]}}]}]}]}")]
    [InlineData("not json")]
    [InlineData("")]
    public void ReadJson_WhatIsNoRequest_IsMalformed(string json) =>
        Assert.Throws<MalformedRequestException>(() => ReadJson(json));

    private static void ForAnyRequest(Func<ExportMetricsServiceRequest, bool> law) => ForAnyRequest((request, _) => law(request));

    private static void ForAnyRequest(Func<ExportMetricsServiceRequest, Random, bool> law) =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var random = new Random(seed);

            return law(new RandomExport(random).Request(), random);
        }).Check(Trials.Of(1_000));

    private static RecordingSink Read(byte[] bytes)
    {
        var sink = new RecordingSink();
        new OtlpReader<SeriesDescription>(sink).Read(bytes);
        return sink;
    }

    private static RecordingSink ReadJson(string json)
    {
        var sink = new RecordingSink();
        new OtlpJsonReader<SeriesDescription>(sink).Read(Encoding.UTF8.GetBytes(json));
        return sink;
    }

    private static byte[] Wrap(int field, byte[] message)
    {
        using var stream = new MemoryStream();
        using var output = new CodedOutputStream(stream);
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(ByteString.CopyFrom(message));
        output.Flush();
        return stream.ToArray();
    }

    private static IEnumerable<string> Expected(ExportMetricsServiceRequest request) =>
        from resource in request.ResourceMetrics
        from scope in resource.ScopeMetrics
        from metric in scope.Metrics
        from point in metric.Gauge?.DataPoints ?? metric.Sum?.DataPoints ?? []
        where point.ValueCase != NumberDataPoint.ValueOneofCase.None && (point.Flags & 1) == 0
        select RecordingSink.Line(
            OtlpNames.Normalize(metric.Name),
            metric.Unit,
            metric.Sum?.AggregationTemporality == AggregationTemporality.Delta,
            (resource.Resource?.Attributes ?? []).Concat(point.Attributes).Where(a => HasValue(a.Value)).Select(Label),
            (long)(point.TimeUnixNano / 1_000_000),
            point.ValueCase == NumberDataPoint.ValueOneofCase.AsInt ? point.AsInt : point.AsDouble);

    private static bool HasValue(AnyValue? value) => value is not null && value.ValueCase != AnyValue.ValueOneofCase.None;

    private static Label Label(KeyValue attribute) => new(
        OtlpNames.Normalize(attribute.Key),
        attribute.Value.ValueCase switch
        {
            AnyValue.ValueOneofCase.BoolValue => attribute.Value.BoolValue ? "true" : "false",
            AnyValue.ValueOneofCase.IntValue => attribute.Value.IntValue.ToString(CultureInfo.InvariantCulture),
            _ => attribute.Value.StringValue,
        });
}
