using System.Buffers;
using System.IO.Compression;
using System.Text;
using Grpc.Core;
using Grpc.Net.Compression;
using Grpc.Net.Wire;

namespace Maestro.Telemetry.Tests.Rpc;

public sealed class MessageFramerTests
{
    private static readonly GzipCompressionProvider Gzip = new(CompressionLevel.Fastest);

    [Fact]
    public void Frame_OfText_IsFlagLengthAndPayload()
    {
        using var framer = Framer();

        Assert.Equal(Frames.Of(Encoding.UTF8.GetBytes("text")), framer.Frame("text", compress: true).ToArray());
    }

    [Fact]
    public void Frame_WithEncoding_IsCompressedUnlessToldNotTo()
    {
        using var framer = Framer();
        framer.Encoding = Gzip;

        Assert.Equal(1, framer.Frame(new string('a', 1_000), compress: true).Span[0]);
        Assert.Equal(0, framer.Frame("text", compress: false).Span[0]);
    }

    [Fact]
    public void Frame_OfTheEmptyMessage_IsNeverCompressed()
    {
        using var framer = Framer();
        framer.Encoding = Gzip;

        Assert.Equal([0, 0, 0, 0, 0], framer.Frame(string.Empty, compress: true).ToArray());
    }

    [Fact]
    public void Frame_OverTheLimit_IsRefused()
    {
        using var framer = Framer(maxSize: 3);

        Assert.Equal(3 + 5, framer.Frame("abc", compress: false).Length);
        Assert.Equal(
            StatusCode.ResourceExhausted,
            Assert.Throws<RpcException>(() => framer.Frame("abcd", compress: false)).StatusCode);
    }

    [Fact]
    public void Frame_FromASerializerThatAnnouncesTooMuch_IsRefusedBeforeItWrites()
    {
        var wrote = false;
        using var framer = new MessageFramer<string>((_, context) =>
        {
            context.SetPayloadLength(4);
            wrote = true;
        })
        { MaxSize = 3 };

        Assert.Throws<RpcException>(() => framer.Frame("text", compress: false));
        Assert.False(wrote);
    }

    [Fact]
    public void Frame_FromABufferWriter_IsTheSameAsFromAnArray()
    {
        using var framer = new MessageFramer<string>((message, context) =>
        {
            context.SetPayloadLength(message.Length);
            context.GetBufferWriter().Write(Encoding.UTF8.GetBytes(message));
            context.Complete();
        });

        Assert.Equal(Frames.Of(Encoding.UTF8.GetBytes("text")), framer.Frame("text", compress: false).ToArray());
    }

    private static MessageFramer<string> Framer(int? maxSize = null) =>
        new(Marshallers.StringMarshaller.ContextualSerializer) { MaxSize = maxSize };
}
