using System.IO.Compression;
using System.IO.Pipelines;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Net.Compression;
using Grpc.Net.Wire;

namespace Maestro.Telemetry.Tests.Rpc;

public sealed class MessageReaderTests
{
    private const int MaxSize = 64 * 1024;

    [Fact]
    public async Task Read_CompressedMessage_InflatesIt()
    {
        using var reader = Reader(Frames.Of(Frames.Gzip([1, 2, 3]), flag: 1));

        Assert.Equal([1, 2, 3], await reader.ReadAsync(CancellationToken.None));
        Assert.Null(await reader.ReadAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Read_GzipBomb_IsRefusedAtTheLimit()
    {
        var bomb = Frames.Gzip(new byte[4 * 1024 * 1024]);
        Assert.InRange(bomb.Length, 1, MaxSize);
        using var reader = Reader(Frames.Of(bomb, flag: 1));

        await ExpectAsync(reader, StatusCode.ResourceExhausted);
    }

    [Fact]
    public async Task Read_NoGzip_IsRefused()
    {
        using var reader = Reader(Frames.Of([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], flag: 1));

        await ExpectAsync(reader, StatusCode.Internal);
    }

    [Fact]
    public async Task Read_CompressedWithoutEncoding_IsRefused()
    {
        using var reader = Reader(Frames.Of(Frames.Gzip([1]), flag: 1));
        reader.Encoding = null;

        await ExpectAsync(reader, StatusCode.Internal);
    }

    [Fact]
    public async Task Read_StreamThatEndsWithinAMessage_IsRefused()
    {
        using var reader = Reader(Frames.Of([1, 2, 3])[..^1]);

        await ExpectAsync(reader, StatusCode.Internal);
    }

    [Fact]
    public async Task ReadEnd_WhenAnotherMessageFollows_IsRefused()
    {
        using var reader = Reader([.. Frames.Of([1]), .. Frames.Of([2])]);
        Assert.NotNull(await reader.ReadAsync(CancellationToken.None));

        var refusal = await Assert.ThrowsAsync<RpcException>(
            () => reader.ReadEndAsync(CancellationToken.None).AsTask());

        Assert.Equal(StatusCode.Unimplemented, refusal.StatusCode);
    }

    /// <summary>Whatever comes, reading gives messages, the end, or a status; and it comes to an end.</summary>
    [Fact]
    public async Task Read_RandomAndMutatedBytes_NeverDoesMoreThanFail()
    {
        var random = new Random(20_261_122);
        for (var round = 0; round < 20_000; round++)
        {
            var bytes = round % 2 == 0 ? Random(random) : Mutated(random);
            using var reader = new MessageReader<HealthCheckRequest>(
                PipeReader.Create(Frames.InPieces(bytes, random.Next(1, 64))),
                context => HealthCheckRequest.Parser.ParseFrom(context.PayloadAsReadOnlySequence()))
            {
                MaxSize = MaxSize,
                Encoding = Gzip,
            };
            try
            {
                while (await reader.ReadAsync(CancellationToken.None) is { } message)
                {
                    Assert.InRange(message.CalculateSize(), 0, MaxSize);
                }
            }
            catch (RpcException e)
            {
                Assert.Contains(e.StatusCode, new[] { StatusCode.Internal, StatusCode.ResourceExhausted });
            }
        }
    }

    private static GzipCompressionProvider Gzip { get; } = new(CompressionLevel.Fastest);

    private static MessageReader<byte[]> Reader(byte[] bytes) =>
        new(PipeReader.Create(Frames.InPieces(bytes, 7)), context => context.PayloadAsNewBuffer())
        {
            MaxSize = MaxSize,
            Encoding = Gzip,
        };

    private static async Task ExpectAsync(MessageReader<byte[]> reader, StatusCode code)
    {
        var refusal = await Assert.ThrowsAsync<RpcException>(() => reader.ReadAsync(CancellationToken.None).AsTask());
        Assert.Equal(code, refusal.StatusCode);
    }

    private static byte[] Random(Random random)
    {
        var bytes = new byte[random.Next(0, 64)];
        random.NextBytes(bytes);
        if (bytes.Length > 4 && random.Next(2) == 0)
        {
            // Small lengths and known flags lead deeper in.
            bytes[0] &= 1;
            bytes[1] = bytes[2] = bytes[3] = 0;
        }

        return bytes;
    }

    private static byte[] Mutated(Random random)
    {
        byte[] message = [10, 5, (byte)'a', (byte)'b', (byte)'c', (byte)'d', (byte)'e'];
        byte[] bytes = [.. Frames.Of(message), .. Frames.Of(Frames.Gzip(message), flag: 1), .. Frames.Of(message)];
        for (var i = random.Next(1, 6); i > 0; i--)
        {
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        }

        return bytes[..random.Next(1, bytes.Length + 1)];
    }
}
