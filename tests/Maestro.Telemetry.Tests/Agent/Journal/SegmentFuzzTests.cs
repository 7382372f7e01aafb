using Maestro.Telemetry.Agent;
using Maestro.Telemetry.Protocol;
using Maestro.Telemetry.Protocol.V1;

namespace Maestro.Telemetry.Tests.Agents;

public sealed class SegmentFuzzTests
{
    private const int Rounds = 20_000;
    private const int Rows = 40;

    private static readonly SegmentHeader Header = SegmentHeader.For(
        "SN-1", [new Column { Metric = Metric.CpuMean }, new Column { Metric = Metric.CpuCoreBusy, Core = 3 }]);

    [Fact]
    public void Checksum_IsCrc32C() =>
        Assert.Equal(0xE306_9283u, Checksum.Of("123456789"u8));

    [Fact]
    public void Header_IsReadAsItWasWritten()
    {
        Assert.True(SegmentHeader.TryRead(Header.ToBytes(), out var read, out var length));

        Assert.Equal((Header.Serial, Header.ToBytes().Length), (read.Serial, length));
        Assert.Equal(Header.Columns, read.Columns);
    }

    [Fact]
    public void DamagedSegment_GivesTheRowsBeforeTheDamage_AndNoOthers()
    {
        var random = new Random(20_261_122);
        var whole = Segment();
        var header = Header.ToBytes().Length;
        for (var round = 0; round < Rounds; round++)
        {
            var bytes = whole.ToArray();
            var first = Damage(bytes, random);
            var read = SegmentContent.TryRead(bytes, out var content);

            Assert.Equal(first >= header, read);
            if (content is not null)
            {
                // Damage that happens to leave a byte as it was is none.
                Assert.Equal((first - header) / 32, content.Rows);
                CheckRows(content);
            }
        }
    }

    [Fact]
    public void CutOffSegment_GivesItsWholeRows()
    {
        var whole = Segment();
        var header = Header.ToBytes().Length;
        for (var length = 0; length <= whole.Length; length++)
        {
            var read = SegmentContent.TryRead(whole[..length], out var content);

            Assert.Equal(length >= header, read);
            Assert.Equal(Math.Max(0, length - header) / 32, content?.Rows ?? 0);
            Assert.Equal(content is null ? 0 : (length - header) % 32, content?.TornBytes ?? 0);
        }
    }

    [Fact]
    public void Noise_IsNoSegment_AndNoRecord()
    {
        var random = new Random(7);
        var header = Header.ToBytes();
        for (var round = 0; round < Rounds; round++)
        {
            var noise = new byte[random.Next(0, 300)];
            random.NextBytes(noise);

            Assert.False(SegmentContent.TryRead(noise, out _));
            Assert.True(SegmentContent.TryRead([.. header, .. noise], out var content));
            Assert.Equal((0, noise.Length), (content.Rows, content.TornBytes));
        }

        Assert.True(SegmentContent.TryRead([.. header, .. new byte[4096]], out var zeros));
        Assert.Equal((0, 0), (zeros.Rows, zeros.Marks.Count));
    }

    private static byte[] Segment()
    {
        var bytes = new byte[Rows * 32];
        var rest = bytes.AsSpan();
        for (var row = 0; row < Rows; row++)
        {
            rest = SegmentFormat.WriteRow(rest, row, [row, 2 * row]);
        }

        return [.. Header.ToBytes(), .. bytes];
    }

    /// <summary>Changes some bytes, and gives the first one that is another.</summary>
    private static int Damage(byte[] bytes, Random random)
    {
        var first = bytes.Length;
        for (var i = random.Next(1, 6); i > 0; i--)
        {
            var at = random.Next(bytes.Length);
            bytes[at] ^= (byte)random.Next(1, 256);
            first = Math.Min(first, at);
        }

        return first;
    }

    private static void CheckRows(SegmentContent content)
    {
        var values = new double[2];
        for (var row = 0; row < content.Rows; row++)
        {
            Assert.Equal(row, content.ReadRow(row, [0, 1], values));
            Assert.Equal([row, 2.0 * row], values);
        }
    }
}
