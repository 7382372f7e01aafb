using System.Globalization;
using Google.Protobuf;
using IronSnappy;
using Maestro.Telemetry.Protocol.RemoteWrite;

namespace Maestro.Telemetry.Benchmarks.Peers;

/// <summary>Remote write 1.0: a series for each metric of an SGM, with all rows of the block.</summary>
internal sealed class RemoteWriteEncoder(PeerData data) : IBlockEncoder
{
    /// <summary>Before the names of metrics, so that no rule of the product's own mapping is meant.</summary>
    public const string Prefix = "bench_";

    private readonly Dictionary<int, TimeSeries[]> _series = [];

    public string ContentType => "application/x-protobuf";

    public string ContentEncoding => "snappy";

    public byte[] Encode(Block block)
    {
        var request = new WriteRequest();
        for (var sgm = block.FirstSgm; sgm < block.FirstSgm + block.Sgms; sgm++)
        {
            request.Timeseries.Add(Fill(SeriesOf(sgm), sgm, block));
        }

        return Snappy.Encode(request.ToByteArray());
    }

    private TimeSeries[] Fill(TimeSeries[] series, int sgm, Block block)
    {
        foreach (var one in series)
        {
            one.Samples.Clear();
        }

        for (var row = block.FirstRow; row < block.FirstRow + block.Rows; row++)
        {
            var values = data.Row(sgm, row);
            for (var i = 0; i < values.Length; i++)
            {
                series[i].Samples.Add(new Sample
                {
                    Timestamp = data.TimeMs(row),
                    Value = values[i] * PeerData.SkylineFactor(i),
                });
            }
        }

        return series;
    }

    private TimeSeries[] SeriesOf(int sgm)
    {
        if (!_series.TryGetValue(sgm, out var series))
        {
            _series.Add(sgm, series = [.. PeerData.Names.Select(name => SeriesOf(sgm, name))]);
        }

        return series;
    }

    // Receivers may rely on labels in the order of their names.
    private static TimeSeries SeriesOf(int sgm, string name) => new()
    {
        Labels =
        {
            new Label { Name = "__name__", Value = Prefix + name },
            new Label { Name = "serial", Value = PeerData.SerialOf(sgm) },
            new Label { Name = "sp_security_group_id", Value = PeerData.GroupOf(sgm).ToString(CultureInfo.InvariantCulture) },
            new Label { Name = "sp_site_id", Value = "1" },
        },
    };
}
