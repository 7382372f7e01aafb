using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Maestro.Telemetry.Gaia;
using Maestro.Telemetry.Gaia.Diagnostics;

namespace Maestro.Telemetry.Tests.Orchestration;

public sealed class DiagnosticsReaderTests
{
    [Fact]
    public void ReadCpu_SharesOfIdleTime_AreBusyCoresInOrder()
    {
        var load = Cpu("""[{"name":"cpu1","idle":40},{"name":"cpu0","idle":90.5}]""");

        Assert.Equal<CoreLoad>([new CoreLoad(0, 9.5), new CoreLoad(1, 60)], load.Cores);
        Assert.Equal(34.75, load.MeanPercent);
        Assert.Equal(60, load.BusiestPercent);
    }

    [Theory]
    [InlineData("""[{"Idle":"75"},{"IDLE":" 25 %"}]""", 25, 75)]
    [InlineData("""[{"idle":100.3,"core":0},{"idle":-0.2,"core":1}]""", 0, 100)]
    public void ReadCpu_NumbersAsTextAndRounded_AreRead(string objects, double first, double second)
    {
        var load = Cpu(objects);

        Assert.Equal<CoreLoad>([new CoreLoad(0, first), new CoreLoad(1, second)], load.Cores);
    }

    [Theory]
    [InlineData("""[{"name":"all","idle":50},{"name":"cpu0","idle":10},{"name":"cpu1","idle":90}]""", 2, 50)]
    [InlineData("""[{"name":"Total","idle":30}]""", 0, 70)]
    [InlineData("""[{"idle":30}]""", 0, 70)]
    [InlineData("""[{"name":"cpu0","idle":30}]""", 1, 70)]
    public void ReadCpu_TheWhole_IsNoCore(string objects, int cores, double mean)
    {
        var load = Cpu(objects);

        Assert.Equal(cores, load.Cores.Length);
        Assert.Equal(mean, load.MeanPercent);
    }

    [Fact]
    public void ReadCpu_TwoCoresOfOneNumber_AreCountedInTheirOrder() => Assert.Equal(
        [0, 1], Cpu("""[{"name":"cpu7","idle":40},{"name":"cpu7","idle":90}]""").Cores.Select(c => c.Number));

    [Theory]
    [InlineData("[]", null, "without \"objects\"")]
    [InlineData("{}", null, "without \"objects\"")]
    [InlineData("null", null, "without \"objects\"")]
    [InlineData("[1]", null, "without \"idle\" of each core")]
    [InlineData("""[{"idle":10},{"user":3}]""", null, "without \"idle\" of each core")]
    [InlineData("""[{"idle":true}]""", null, "without \"idle\" of each core")]
    [InlineData("""[{"idle":"much"}]""", null, "with \"idle\" of 'much'")]
    [InlineData("""[{"idle":1e999}]""", null, "no share from 0 to 100")]
    [InlineData("""[{"idle":"NaN"}]""", null, "no share from 0 to 100")]
    [InlineData("""[{"idle":101}]""", null, "with \"idle\" of '101'")]
    [InlineData("""[{"idle":10},{"idle":20}]""", 32, "with 2 of 32 objects")]
    public void ReadCpu_NoMeasurement_IsRefusedWithWhatIsWrong(string objects, int? total, string part)
    {
        var e = Assert.Throws<GaiaProtocolException>(() => Cpu(objects, total));

        Assert.StartsWith("It answered ", e.Message, StringComparison.Ordinal);
        Assert.Contains(part, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Topic_MoreObjectsThanAnApplianceHas_IsRefused()
    {
        var objects = $"[{string.Join(',', Enumerable.Repeat("{\"idle\":1}", DiagnosticsTopic.MaxObjects + 1))}]";

        var e = Assert.Throws<GaiaProtocolException>(() => Cpu(objects));

        Assert.Contains("at most 1024 are read", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""[{"type":"physical","total":200,"used":50,"free":100}]""", 25)]
    [InlineData("""[{"type":"swap","total":10,"used":10,"free":0},{"type":"physical","total":"200","free":"150"}]""", 25)]
    [InlineData("""[{"Total":4,"Used":"1"}]""", 25)]
    public void ReadMemory_TotalAndUsedOrFree_IsAShare(string objects, double percent) =>
        Assert.Equal(percent, DiagnosticsReader.ReadMemory(Topic(objects)));

    [Theory]
    [InlineData("""[{"type":"swap","total":10,"used":1}]""")]
    [InlineData("""[{"type":"physical","total":0,"used":0}]""")]
    [InlineData("""[{"type":"physical","total":10}]""")]
    [InlineData("""[{"type":"physical","total":"16 GB","used":"1 GB"}]""")]
    [InlineData("""[{"type":"physical","total":10,"used":11}]""")]
    [InlineData("""[{"type":"physical","total":10,"used":-1}]""")]
    public void ReadMemory_NoMeasurement_IsRefused(string objects) =>
        Assert.Throws<GaiaProtocolException>(() => DiagnosticsReader.ReadMemory(Topic(objects)));

    [Fact]
    public void Read_AnyObjects_IsAShareOrARefusal()
    {
        string[] keys = ["idle", "Idle", "name", "core", "type", "total", "used", "free"];
        string[] values = ["1", "-1", "50.5", "1e308", "\"7\"", "\"cpu3\"", "\"all\"", "\"\"", "null", "[]", "{}", "\"-\""];
        var member = from key in Gen.Elements(keys) from value in Gen.Elements(values) select $"\"{key}\":{value}";
        var members = Gen.ListOf(member).Select(list => $"{{{string.Join(',', list)}}}");
        var objects = Gen.ListOf(Gen.OneOf(members, Gen.Elements(values))).Select(list => $"[{string.Join(',', list)}]");

        Prop.ForAll(objects.ToArbitrary(), text => IsShareOrRefusal(() => Cpu(text).MeanPercent)
            && IsShareOrRefusal(() => Cpu(text).BusiestPercent ?? 0)
            && IsShareOrRefusal(() => DiagnosticsReader.ReadMemory(Topic(text)))).QuickCheckThrowOnFailure();
    }

    private static bool IsShareOrRefusal(Func<double> read)
    {
        try
        {
            return read() is >= 0 and <= 100;
        }
        catch (GaiaProtocolException)
        {
            return true;
        }
    }

    private static CpuLoad Cpu(string objects, int? total = null) => DiagnosticsReader.ReadCpu(Topic(objects, total));

    private static DiagnosticsTopic Topic(string objects, int? total = null) =>
        new("It answered", JsonDocument.Parse(objects).RootElement, total);
}
