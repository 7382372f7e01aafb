using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Maestro.Telemetry.Benchmarks.Peers;

/// <summary>InfluxDB's line protocol: a point for each row, with the tags and float fields of our own InfluxDB store.</summary>
internal sealed class LineEncoder(PeerData data, bool isGzip) : IBlockEncoder
{
    public string ContentType => "text/plain; charset=utf-8";

    public string? ContentEncoding => isGzip ? "gzip" : null;

    public byte[] Encode(Block block)
    {
        var text = new StringBuilder();
        for (var row = block.FirstRow; row < block.FirstRow + block.Rows; row++)
        {
            for (var sgm = block.FirstSgm; sgm < block.FirstSgm + block.Sgms; sgm++)
            {
                Append(text, sgm, row);
            }
        }

        var bytes = Encoding.ASCII.GetBytes(text.ToString());
        return isGzip ? Compress(bytes) : bytes;
    }

    private void Append(StringBuilder text, int sgm, int row)
    {
        text.Append(CultureInfo.InvariantCulture, $"sgm,security_group={PeerData.GroupOf(sgm)},serial={PeerData.SerialOf(sgm)},site=1");
        var values = data.Row(sgm, row);
        for (var i = 0; i < values.Length; i++)
        {
            text.Append(i == 0 ? ' ' : ',').Append(PeerData.Names[i]).Append('=').Append(CultureInfo.InvariantCulture, $"{values[i]}");
        }

        text.Append(CultureInfo.InvariantCulture, $" {data.TimeMs(row)}\n");
    }

    private static byte[] Compress(byte[] bytes)
    {
        using var output = new MemoryStream();
        using (var gzip = new GZipStream(output, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(bytes);
        }

        return output.ToArray();
    }
}
