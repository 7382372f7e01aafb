using FsCheck;
using FsCheck.Fluent;
using Grpc.Net.Wire;

namespace Maestro.Telemetry.Tests.Rpc;

public sealed class PercentEncodingTests
{
    [Theory]
    [InlineData("plain text", "plain text")]
    [InlineData("100%", "100%25")]
    [InlineData("a\r\nb", "a%0D%0Ab")]
    [InlineData("☺", "%E2%98%BA")]
    [InlineData("~ ", "~ ")]
    public void Encode_LeavesPrintableAsciiAndEscapesTheRest(string text, string encoded)
    {
        Assert.Equal(encoded, PercentEncoding.Encode(text));
        Assert.Equal(text, PercentEncoding.Decode(encoded));
    }

    [Theory]
    [InlineData("100%", "100%")]
    [InlineData("%4", "%4")]
    [InlineData("%zz%41", "%zzA")]
    public void Decode_BrokenEscapes_StayAsTheyAre(string encoded, string text) =>
        Assert.Equal(text, PercentEncoding.Decode(encoded));

    [Fact]
    public void Decode_OfEncoded_IsTheText() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string>().Filter(text => text is not null && IsWellFormed(text)), text =>
            PercentEncoding.Decode(PercentEncoding.Encode(text)) == text).QuickCheckThrowOnFailure();

    private static bool IsWellFormed(string text) => !text.Any(char.IsSurrogate);
}
