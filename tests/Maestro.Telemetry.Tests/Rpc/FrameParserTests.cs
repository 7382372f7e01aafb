using System.Buffers;
using FsCheck;
using FsCheck.Fluent;
using Grpc.Core;
using Grpc.Net.Wire;

namespace Maestro.Telemetry.Tests.Rpc;

public sealed class FrameParserTests
{
    [Fact]
    public void TryRead_FramesInPiecesOfAnySize_GivesThePayloads() =>
        Prop.ForAll(ArbMap.Default.ArbFor<byte[][]>().Filter(p => p?.All(b => b is not null) == true), payloads =>
            Enumerable.Range(1, 9).All(size =>
            {
                var buffer = Frames.InPieces([.. payloads.SelectMany(p => Frames.Of(p))], size);
                var read = new List<byte[]>();
                while (FrameParser.TryRead(ref buffer, null, out _, out var payload))
                {
                    read.Add(payload.ToArray());
                }

                return buffer.IsEmpty && read.Zip(payloads).All(pair => pair.First.SequenceEqual(pair.Second))
                    && read.Count == payloads.Length;
            })).QuickCheckThrowOnFailure();

    [Fact]
    public void TryRead_IncompleteFrame_TakesNothing()
    {
        var frame = Frames.Of([1, 2, 3]);
        for (var length = 0; length < frame.Length; length++)
        {
            var buffer = new ReadOnlySequence<byte>(frame, 0, length);

            Assert.False(FrameParser.TryRead(ref buffer, null, out _, out _));
            Assert.Equal(length, buffer.Length);
        }
    }

    [Fact]
    public void TryRead_AnnouncedLengthOverTheLimit_IsRefusedBeforeThePayloadComes()
    {
        var buffer = new ReadOnlySequence<byte>([0, 0, 0, 0, 11]);

        var refusal = Assert.Throws<RpcException>(() => FrameParser.TryRead(ref buffer, 10, out _, out _));

        Assert.Equal(StatusCode.ResourceExhausted, refusal.StatusCode);
        Assert.Contains("11 bytes", refusal.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void TryRead_LengthBeyondAnyArray_IsRefusedWithoutALimitToo()
    {
        var buffer = new ReadOnlySequence<byte>([0, 0xFF, 0xFF, 0xFF, 0xFF]);

        var refusal = Assert.Throws<RpcException>(() => FrameParser.TryRead(ref buffer, null, out _, out _));

        Assert.Equal(StatusCode.ResourceExhausted, refusal.StatusCode);
    }

    [Fact]
    public void TryRead_UnknownFlag_IsRefused()
    {
        var buffer = new ReadOnlySequence<byte>(Frames.Of([], flag: 2));

        Assert.Equal(
            StatusCode.Internal,
            Assert.Throws<RpcException>(() => FrameParser.TryRead(ref buffer, null, out _, out _)).StatusCode);
    }
}
