using FsCheck;
using FsCheck.Fluent;
using Grpc.Net.Wire;

namespace Maestro.Telemetry.Tests.Rpc;

public sealed class GrpcTimeoutTests
{
    [Theory]
    [InlineData("1n", 1)]
    [InlineData("100n", 1)]
    [InlineData("5u", 50)]
    [InlineData("1m", 10_000)]
    [InlineData("10S", 100_000_000)]
    [InlineData("2M", 1_200_000_000)]
    [InlineData("99999999H", 3_599_999_964_000_000_000)]
    public void Decode_KnownUnits_GivesTicks(string header, long ticks)
    {
        Assert.True(GrpcTimeout.TryDecode(header, out var timeout));

        Assert.Equal(ticks, timeout.Ticks);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("S")]
    [InlineData("-1S")]
    [InlineData("1.5S")]
    [InlineData("1s")]
    [InlineData("123456789S")]
    [InlineData("1 S")]
    public void Decode_AnythingElse_IsRefused(string header) => Assert.False(GrpcTimeout.TryDecode(header, out _));

    [Fact]
    public void Encode_PastDeadline_IsTheShortestTimeout() =>
        Assert.Equal("1n", GrpcTimeout.Encode(TimeSpan.FromSeconds(-1)));

    [Fact]
    public void Encode_AnyTimeout_DecodesToTheSameOrSlightlyLess() =>
        Prop.ForAll(ArbMap.Default.ArbFor<long>(), value =>
        {
            var timeout = new TimeSpan(Math.Abs(value % TimeSpan.FromDays(3650).Ticks) + 1);

            return GrpcTimeout.TryDecode(GrpcTimeout.Encode(timeout), out var decoded)
                && decoded <= timeout
                && (timeout - decoded).TotalSeconds <= timeout.TotalSeconds * 1e-6;
        }).QuickCheckThrowOnFailure();
}
