using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Maestro.Telemetry.Storage.Influx;

namespace Maestro.Telemetry.Tests.Storage;

public sealed class LineBufferTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(5, "5")]
    [InlineData(-5.25, "-5.25")]
    [InlineData(0.1, "0.1")]
    [InlineData(0.007, "0.007")]
    [InlineData(12.34, "12.34")]
    [InlineData(99.05, "99.05")]
    [InlineData(1234567890.5, "1234567890.5")]
    [InlineData(0.0625, "0.0625")]
    public void AppendFloat_WritesTheShortestText(double value, string text) => Assert.Equal(text, Float(value));

    [Fact]
    public void AppendFloat_AnyFiniteNumber_IsReadBackAsItWas() => Prop.ForAll(
        ArbMap.Default.ArbFor<double>().Filter(double.IsFinite),
        value => Assert.Equal(BitConverter.DoubleToInt64Bits(value), Bits(Float(value)))).QuickCheckThrowOnFailure();

    [Fact]
    public void AppendFloat_FewDecimals_AreReadBackAsTheyWere() => Prop.ForAll(
        Gen.Choose(int.MinValue, int.MaxValue).ToArbitrary(),
        thousandths => Assert.Equal(
            BitConverter.DoubleToInt64Bits(thousandths / 1000.0), Bits(Float(thousandths / 1000.0))))
        .QuickCheckThrowOnFailure();

    [Fact]
    public void Slice_GivesWholeLines()
    {
        var lines = new LineBuffer();
        for (var i = 0; i < 3; i++)
        {
            lines.Append("x="u8);
            lines.AppendInteger(i);
            lines.EndLine();
        }

        Assert.Equal("x=0i\nx=1i\nx=2i\n", Text(lines, 0, 3));
        Assert.Equal("x=1i\nx=2i\n", Text(lines, 1, 2));
        Assert.Equal("x=0i\n", Text(lines, 0, 1));
    }

    [Fact]
    public void AppendText_QuotesAndBackslashes_AreEscaped()
    {
        var lines = new LineBuffer();
        lines.AppendText("""say "C:\" """);
        lines.EndLine();

        Assert.Equal("\"say \\\"C:\\\\\\\" \"\n", Text(lines, 0, 1));
    }

    [Fact]
    public void TagText_AnyText_IsGivenBack() => Prop.ForAll(
        ArbMap.Default.ArbFor<string>().Filter(s => s is not null && Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(s)) == s),
        text =>
        {
            var stored = TagText.Encode(text);
            Assert.Equal(text, TagText.Decode(stored));
            Assert.DoesNotContain(stored, c => char.IsControl(c) || c == '\\');
        }).QuickCheckThrowOnFailure();

    private static long Bits(string text) =>
        BitConverter.DoubleToInt64Bits(double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture));

    private static string Float(double value)
    {
        var lines = new LineBuffer();
        lines.AppendFloat(value);
        lines.EndLine();
        return Text(lines, 0, 1).TrimEnd('\n');
    }

    private static string Text(LineBuffer lines, int first, int count) =>
        Encoding.UTF8.GetString(lines.Slice(first, count).Span);
}
