using Maestro.Telemetry.Cli.Replays.Import;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.IntegrationTests.Storage;
using Maestro.Telemetry.Series;
using Maestro.Telemetry.Storage.Sqlite;

namespace Maestro.Telemetry.IntegrationTests.Replay;

public sealed class StoreImporterTests : IAsyncLifetime, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    private readonly TemporaryDirectory _directory = new();
    private SqliteTelemetryStore _store = null!;

    public async Task InitializeAsync()
    {
        _store = SqliteTelemetryStore.Open(new() { Directory = _directory.Path }, TimeProvider.System);
        await _store.WriteAsync(
            [Batch("A", 1, 20, 50), Batch("B", 1, 20, 30), Batch("C", 2, 20, 80)], default).AsTask().WaitAsync(Patience);
    }

    [Fact]
    public void Groups_AreTheSumsOfTheirMembers_WhileTheServiceWrites()
    {
        var traces = Read(_directory.Path);

        Assert.Equal(["group-1", "group-2"], traces.Select(static t => t.Name));
        Assert.Equal(Noon.AddMinutes(5), traces[0].Series.Start);
        Assert.Equal([0.8, 0.8, 0.8, 0.8], Rounded(traces[0]));
        Assert.Equal([0.8, 0.8, 0.8, 0.8], Rounded(traces[1]));
        Assert.All(traces, static t => Assert.Equal(1, t.UnitCapacity));
    }

    [Fact]
    public async Task AStoreThatNobodyHas_IsReadAsAFile_AndKeepsItsBytes()
    {
        await _store.DisposeAsync().AsTask().WaitAsync(Patience);
        var file = _directory.File("telemetry.db");
        var before = File.ReadAllBytes(file);

        var traces = TraceImport.Read([new(null, [file])], new() { Groups = [2] });

        Assert.Equal("group-2", Assert.Single(traces).Name);
        Assert.Equal(before, File.ReadAllBytes(file));
    }

    [Fact]
    public void ATime_CutsTheTrace_AndConnectionsAreSummedToo()
    {
        var trace = Assert.Single(TraceImport.Read(
            [new(TraceFormat.Store, [_directory.Path])],
            new()
            {
                Groups = [1],
                Resource = Resource.ConcurrentConnections,
                From = Noon.AddMinutes(10),
                To = Noon.AddMinutes(20),
            }));

        Assert.Equal(Noon.AddMinutes(10), trace.Series.Start);
        Assert.Equal([2_000, 2_000], Rounded(trace));
    }

    [Fact]
    public void AGroupThatIsNotThere_IsRefusedWithThoseThatAre()
    {
        var message = Assert.Throws<FormatException>(() => TraceImport.Read(
            [new(TraceFormat.Store, [_directory.Path])], new() { Groups = [7] })).Message;

        Assert.Equal($"{_directory.Path}: --group is 7, and nothing is stored of it in that time; there are 1, 2.", message);
    }

    [Fact]
    public void ADirectoryWithoutAStore_IsRefused()
    {
        var empty = Directory.CreateDirectory(_directory.File("empty")).FullName;

        Assert.Contains("telemetry.db", Assert.Throws<FormatException>(() => Read(empty)).Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(empty));
    }

    public async Task DisposeAsync() => await _store.DisposeAsync();

    public void Dispose() => _directory.Dispose();

    private static IReadOnlyList<ImportedTrace> Read(string path) =>
        TraceImport.Read([new(TraceFormat.Store, [path])], new());

    private static IEnumerable<double> Rounded(ImportedTrace trace) =>
        trace.Series.Values.ToArray().Select(static value => Math.Round(value, 9));

    private static SampleBatch Batch(string serial, int group, int minutes, double cpu) => new()
    {
        Serial = new GatewaySerial(serial),
        Group = new SecurityGroupId(group),
        Metrics = [MetricId.CpuMeanPercent, MetricId.ConcurrentConnections, MetricId.MemberState],
        TimestampsMs = Enumerable.Range(0, minutes).Select(m => Noon.AddMinutes(m).ToUnixTimeMilliseconds()).ToArray(),
        Values = Enumerable.Range(0, minutes).SelectMany(_ => new[] { cpu, 1_000, (double)MemberState.Active }).ToArray(),
    };
}
