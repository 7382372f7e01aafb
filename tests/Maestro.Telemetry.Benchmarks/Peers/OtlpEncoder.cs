using System.Globalization;
using Google.Protobuf;
using Maestro.Telemetry.Protocol.Otlp;

namespace Maestro.Telemetry.Benchmarks.Peers;

/// <summary>OTLP: a resource for each SGM, a gauge for each metric, with all rows of the block.</summary>
internal sealed class OtlpEncoder(PeerData data) : IBlockEncoder
{
    private const ulong NanosecondsPerMs = 1_000_000;

    public string ContentType => "application/x-protobuf";

    public string? ContentEncoding => null;

    public byte[] Encode(Block block)
    {
        var request = new ExportMetricsServiceRequest();
        for (var sgm = block.FirstSgm; sgm < block.FirstSgm + block.Sgms; sgm++)
        {
            var scope = new ScopeMetrics();
            for (var i = 0; i < PeerData.Metrics.Count; i++)
            {
                scope.Metrics.Add(MetricOf(sgm, i, block));
            }

            request.ResourceMetrics.Add(new ResourceMetrics { Resource = ResourceOf(sgm), ScopeMetrics = { scope } });
        }

        return request.ToByteArray();
    }

    private Metric MetricOf(int sgm, int column, Block block)
    {
        var gauge = new Gauge();
        var factor = PeerData.SkylineFactor(column);
        for (var row = block.FirstRow; row < block.FirstRow + block.Rows; row++)
        {
            gauge.DataPoints.Add(new NumberDataPoint
            {
                TimeUnixNano = (ulong)data.TimeMs(row) * NanosecondsPerMs,
                AsDouble = data.Row(sgm, row)[column] * factor,
            });
        }

        return new Metric { Name = RemoteWriteEncoder.Prefix + PeerData.Names[column], Gauge = gauge };
    }

    private static Resource ResourceOf(int sgm) => new()
    {
        Attributes =
        {
            Attribute("serial", PeerData.SerialOf(sgm)),
            Attribute("sp_security_group_id", PeerData.GroupOf(sgm).ToString(CultureInfo.InvariantCulture)),
            Attribute("sp_site_id", "1"),
        },
    };

    private static KeyValue Attribute(string name, string value) =>
        new() { Key = name, Value = new AnyValue { StringValue = value } };
}
