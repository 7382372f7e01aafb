using System.Buffers;
using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf;
using Maestro.Telemetry.Protocol.V1;
using Maestro.Telemetry.Server.Receivers;
using Maestro.Telemetry.Tests.Rpc;

namespace Maestro.Telemetry.Tests.Receivers;

public sealed class RequestReaderTests
{
    private static readonly Batch Rows = new()
    {
        Sequence = 300,
        TimestampsUnixMs = { 1_700_000_000_000, 1_700_000_010_000 },
        Values = { 1.5, 2.5, 3.5, double.NaN },
        SentUnixMs = 1_700_000_010_250,
    };

    [Fact]
    public void Read_AnyBytes_IsWhatTheGeneratedParserReads() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var bytes = new RandomRequest(seed).Bytes();

            return Read(Frames.InPieces(bytes, 1 + (seed % 17))) == Expected(bytes)
                && Read(new ReadOnlySequence<byte>(bytes)) == Expected(bytes);
        }).Check(Trials.Of(5_000));

    [Fact]
    public void TryReadPlainBatch_ABatchAsLibrariesWriteIt_IsRead()
    {
        var bytes = new StreamRequest { Batch = Rows }.ToByteArray();

        var batch = RequestReader.TryReadPlainBatch(Frames.InPieces(bytes, 5));

        Assert.NotNull(batch);
        Assert.Equal(Rows.Sequence, batch.Sequence);
        Assert.Equal(Rows.TimestampsUnixMs, batch.TimestampsMs);
        Assert.Equal(Rows.Values, batch.Values);
        Assert.Equal(Rows.SentUnixMs, batch.SentMs);
    }

    [Fact]
    public void TryReadPlainBatch_AHello_IsLeftToTheGeneratedParser() => Assert.Null(RequestReader.TryReadPlainBatch(
        new ReadOnlySequence<byte>(new StreamRequest { Hello = new Hello { Serial = "S1" } }.ToByteArray())));

    [Fact]
    public void Read_ABatchCutAnywhere_IsRefused()
    {
        var bytes = new StreamRequest { Batch = Rows }.ToByteArray();

        for (var length = 1; length < bytes.Length; length++)
        {
            Assert.Throws<InvalidProtocolBufferException>(
                () => RequestReader.Read(new ReadOnlySequence<byte>(bytes, 0, length)));
        }
    }

    [Fact]
    public void Read_ALengthBeyondThePayload_IsRefusedWithoutRoomForIt() =>
        Assert.Throws<InvalidProtocolBufferException>(() => RequestReader.Read(
            new ReadOnlySequence<byte>([0x12, 0x06, 0x1A, 0xF8, 0xFF, 0xFF, 0xFF, 0x03])));

    private static string Read(ReadOnlySequence<byte> payload)
    {
        try
        {
            var request = RequestReader.Read(payload);
            var batch = request.Batch;
            return Text(request.Hello, batch?.Sequence, batch?.TimestampsMs, batch?.Values, batch?.SentMs);
        }
        catch (InvalidProtocolBufferException)
        {
            return "refused";
        }
    }

    private static string Expected(byte[] bytes)
    {
        try
        {
            var request = StreamRequest.Parser.ParseFrom(bytes);
            var batch = request.Batch;
            return Text(request.Hello, batch?.Sequence, batch?.TimestampsUnixMs, batch?.Values, batch?.SentUnixMs);
        }
        catch (InvalidProtocolBufferException)
        {
            return "refused";
        }
    }

    // Values as bits, for NaN is equal to nothing and 0 is equal to -0.
    private static string Text(
        Hello? hello, ulong? sequence, IEnumerable<long>? times, IEnumerable<double>? values, long? sent) =>
        FormattableString.Invariant($"{hello} {sequence} {sent} [{string.Join(',', times ?? [])}] ")
        + string.Join(',', (values ?? []).Select(BitConverter.DoubleToInt64Bits));
}
