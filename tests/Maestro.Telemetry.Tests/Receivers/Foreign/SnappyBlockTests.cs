using FsCheck;
using FsCheck.Fluent;
using IronSnappy;
using Maestro.Telemetry.Server.Receivers.Intake;
using Maestro.Telemetry.Server.Receivers.RemoteWrite;

namespace Maestro.Telemetry.Tests.Receivers.Foreign;

public sealed class SnappyBlockTests
{
    private const int Limit = 1 << 20;

    [Fact]
    public void Decode_WhatAnotherLibraryEncodes_GivesItBack() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var bytes = Compressible(new Random(seed));

            return SnappyBlock.Decode(Snappy.Encode(bytes), Limit).AsSpan().SequenceEqual(bytes);
        }).Check(Trials.Of(500));

    [Fact]
    public void Decode_ACopyThatReachesIntoItself_Repeats()
    {
        // 10 bytes: the literal "ab", then 8 bytes from 2 before.
        byte[] block = [10, 1 << 2, (byte)'a', (byte)'b', 1 | (4 << 2), 2];

        Assert.Equal("ababababab"u8.ToArray(), SnappyBlock.Decode(block, Limit));
    }

    [Fact]
    public void Decode_MoreDeclaredThanTheLimit_IsTooLargeBeforeAnythingIsAllocated()
    {
        byte[] block = [0xFF, 0xFF, 0xFF, 0xFF, 0x0F, 0];
        var before = GC.GetAllocatedBytesForCurrentThread();

        var e = Assert.Throws<RequestTooLargeException>(() => SnappyBlock.Decode(block, Limit));

        Assert.Contains("4294967295", e.Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
    }

    [Fact]
    public void Decode_MoreDeclaredThanABlockOfItsLengthCanGive_IsMalformedBeforeAnythingIsAllocated()
    {
        byte[] block = [0xFF, 0xFF, 0x3F, 0, 1];
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Throws<MalformedRequestException>(() => SnappyBlock.Decode(block, Limit));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
    }

    [Fact]
    public void Decode_AnyDamage_IsRefusedOrGivesTheDeclaredLength() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            var block = Mutation.Of(Snappy.Encode(Compressible(random)), random);
            try
            {
                return SnappyBlock.Decode(block, Limit).Length <= Limit;
            }
            catch (Exception e) when (e is MalformedRequestException or RequestTooLargeException)
            {
                return true;
            }
        }).Check(Trials.Of(5_000));

    private static byte[] Compressible(Random random)
    {
        var bytes = new byte[random.Next(1, 3_000)];
        var period = random.Next(1, 200);
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] = i >= period && random.Next(20) > 0 ? bytes[i - period] : (byte)random.Next(256);
        }

        return bytes;
    }
}
