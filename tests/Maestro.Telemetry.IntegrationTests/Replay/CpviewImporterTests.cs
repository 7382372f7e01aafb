using System.Security.Cryptography;
using Maestro.Telemetry.Cli.Replays.Import;
using Maestro.Telemetry.IntegrationTests.Storage;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.IntegrationTests.Replay;

public sealed class CpviewImporterTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    private readonly TemporaryDirectory _directory = new();

    [Fact]
    public void Cpu_IsTheMeanOfTheCores_AndStandsAtTheEndOfItsInterval()
    {
        var file = Database("a.dat", 11, static minute => [minute <= 5 ? 40 : 80, minute <= 5 ? 60 : 100]);

        var trace = Assert.Single(Read([file]));

        Assert.Equal((Noon.AddMinutes(5), TimeSpan.FromMinutes(5)), (trace.Series.Start, trace.Series.Step));
        Assert.Equal([0.5, 0.9, double.NaN], Rounded(trace));
        Assert.Equal((1.0, "a"), (trace.UnitCapacity, trace.Name));
    }

    [Fact]
    public void SeveralFiles_AreTheMembersOfOneGroup()
    {
        var first = Database("a.dat", 20, static _ => [50]);
        var second = Database("b.dat", 10, static _ => [30]);

        var trace = Assert.Single(Read([first, second]));

        // The second left the group.
        Assert.Equal([0.8, 0.8, 0.5, 0.5], Rounded(trace));
        Assert.Equal("a and 1 more", trace.Name);
    }

    [Fact]
    public void AMemberThatFailsToReportForLessThanAnHour_MakesTheSumUnknown()
    {
        var first = Database("a.dat", 20, static _ => [50]);
        var second = Database("b.dat", 20, static minute => minute is > 5 and <= 10 ? [] : [30]);

        Assert.Equal([0.8, double.NaN, 0.8, 0.8], Rounded(Assert.Single(Read([first, second]))));
    }

    [Fact]
    public void Connections_AndTheirRate_AndThroughput_AreReadWhereTheTablesHaveThem()
    {
        var file = _directory.File("c.dat");
        using (var database = new CpviewDatabase(file))
        {
            for (var minute = 1; minute <= 10; minute++)
            {
                database.AddNetwork(Noon.AddMinutes(minute), 1_000 * minute, 10);
                database.AddCounters(Noon.AddMinutes(minute), 7, 100_000);
            }
        }

        Assert.Equal([3_000, 8_000], Rounded(Read([file], Resource.ConcurrentConnections)[0]));
        Assert.Equal([10, 10], Rounded(Read([file], Resource.ConnectionsPerSecond)[0]));
        Assert.Equal([100_000, 100_000], Rounded(Read([file], Resource.BitsPerSecond)[0]));
        Assert.Null(Read([file], Resource.BitsPerSecond)[0].UnitCapacity);
        Assert.Equal(
            $"{file}: there are no rows in UM_STAT_UM_CPU_UM_CPU_TABLE.cpu_usage or in "
            + "UM_STAT_UM_CPU_UM_CPU_ORDERED_TABLE.cpu_usage; choose another --resource, or the CPViewDB.dat of an SGM on "
            + "which CPView's history is on.",
            Assert.Throws<FormatException>(() => Read([file])).Message);
    }

    [Theory]
    [InlineData("N/A", "'N/A'")]
    [InlineData(-1, "'-1'")]
    [InlineData(101, "'101'")]
    public void AValueThatIsNone_IsRefusedWithFileRowValueAndRemedy(object wrong, string shown)
    {
        var file = Database("a.dat", 20, minute => [minute == 7 ? wrong : 50]);

        var message = Assert.Throws<FormatException>(() => Read([file])).Message;

        Assert.Equal(
            FormattableString.Invariant($"{file}: UM_STAT_UM_CPU_UM_CPU_TABLE, the row with Timestamp ")
            + FormattableString.Invariant($"{Noon.AddMinutes(7).ToUnixTimeSeconds()}: cpu_usage is {shown}; it must be a number ")
            + "from 0 to 100; leave that time out with --from or --to.",
            message);
        Assert.Equal(3, Read([file], from: Noon.AddMinutes(8))[0].Series.Count);
    }

    [Fact]
    public void TheFile_IsNotTouched_WhateverItIsCalled()
    {
        var file = Database("a b%c?.dat", 10, static _ => [50]);
        var before = SHA256.HashData(File.ReadAllBytes(file));
        File.SetAttributes(file, FileAttributes.ReadOnly);

        Read([file]);

        Assert.Equal(before, SHA256.HashData(File.ReadAllBytes(file)));
        Assert.Equal([file], Directory.GetFiles(_directory.Path));
        Assert.Equal(TraceFormat.Cpview, TraceImport.FormatOf(file));
    }

    [Fact]
    public void AFileThatIsNoDatabase_IsRefusedWithARemedy()
    {
        var file = _directory.File("x.dat");
        File.WriteAllText(file, "no database, but long enough to be read as the header of one: 0123456789012345678901234567890");

        var message = Assert.Throws<FormatException>(() => Read([file])).Message;

        Assert.StartsWith($"{file}: it cannot be read as a CPView history (", message, StringComparison.Ordinal);
        Assert.EndsWith(".backup copy.dat\"` on the SGM.", message, StringComparison.Ordinal);
    }

    public void Dispose() => _directory.Dispose();

    private static IReadOnlyList<ImportedTrace> Read(
        string[] files, Resource resource = Resource.CpuWork, DateTimeOffset? from = null) =>
        TraceImport.Read([new(TraceFormat.Cpview, files)], new() { Resource = resource, From = from });

    private static IEnumerable<double> Rounded(ImportedTrace trace) =>
        trace.Series.Values.ToArray().Select(static value => Math.Round(value, 9));

    private string Database(string name, int minutes, Func<int, object[]> cores)
    {
        var file = _directory.File(name);
        using var database = new CpviewDatabase(file);
        for (var minute = 1; minute <= minutes; minute++)
        {
            database.Add(Noon.AddMinutes(minute), cores(minute));
        }

        return file;
    }
}
