using Grpc.Core;
using Grpc.Net.Wire;

namespace Maestro.Telemetry.Tests.Rpc;

public sealed class MetadataTests
{
    [Fact]
    public void Key_OfAnyCase_IsKeptInLowerCase()
    {
        var metadata = new Metadata { { "X-Name", "value" } };

        Assert.Equal("x-name", metadata[0].Key);
        Assert.Equal("value", metadata.GetValue("X-NAME"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("with space")]
    [InlineData("ümlaut")]
    [InlineData(":path")]
    public void Key_ThatIsNoHeaderName_IsRefused(string key) =>
        Assert.ThrowsAny<ArgumentException>(() => new Metadata.Entry(key, "value"));

    [Fact]
    public void Value_OfTheWrongKind_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => new Metadata.Entry("key-bin", "text"));
        Assert.Throws<ArgumentException>(() => new Metadata.Entry("key", new byte[1]));
    }

    [Fact]
    public void Binary_IsSentAsBase64WithoutPadding() =>
        Assert.Equal("AQ", MetadataCodec.Encode(new Metadata.Entry("key-bin", [1])));

    [Theory]
    [InlineData("AQ", new byte[] { 1 })]
    [InlineData("AQ==", new byte[] { 1 })]
    [InlineData("", new byte[0])]
    public void Binary_WithOrWithoutPadding_IsRead(string header, byte[] bytes)
    {
        var metadata = new Metadata();

        MetadataCodec.Add(metadata, "key-bin", header);

        Assert.Equal(bytes, metadata.GetValueBytes("key-bin"));
    }

    [Fact]
    public void Binary_JoinedByCommas_IsSeveralEntries()
    {
        var metadata = new Metadata();

        MetadataCodec.Add(metadata, "key-bin", "AQ, Ag==");

        Assert.Equal([[1], [2]], metadata.GetAll("key-bin").Select(e => e.ValueBytes));
    }

    [Fact]
    public void Binary_ThatIsNoBase64_IsLeftOut()
    {
        var metadata = new Metadata();

        MetadataCodec.Add(metadata, "key-bin", "!!!");

        Assert.Empty(metadata);
    }

    [Theory]
    [InlineData("grpc-status")]
    [InlineData("grpc-timeout")]
    [InlineData("content-type")]
    [InlineData("te")]
    [InlineData(":path")]
    public void ProtocolHeaders_AreNoMetadata(string name)
    {
        var metadata = new Metadata();

        MetadataCodec.Add(metadata, name, "1");

        Assert.Empty(metadata);
    }

    [Fact]
    public void Empty_CanNotBeAddedTo() =>
        Assert.Throws<InvalidOperationException>(() => Metadata.Empty.Add("key", "value"));
}
