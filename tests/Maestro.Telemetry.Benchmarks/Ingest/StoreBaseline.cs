using System.Globalization;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Series;
using Maestro.Telemetry.Server.Configuration;
using Maestro.Telemetry.Storage.Sqlite;

namespace Maestro.Telemetry.Benchmarks.Ingest;

/// <summary>The store alone: the batches that the streams send, in transactions of the server's size, without gRPC.</summary>
internal sealed class StoreBaseline(IngestSettings settings, int streams)
{
    private readonly double[][] _matrices = SampleMatrix.Create(8, settings.BatchRows);
    private readonly GatewaySerial[] _serials =
        [.. Enumerable.Range(0, streams).Select(i => new GatewaySerial(i.ToString("D4", CultureInfo.InvariantCulture)))];

    private readonly SgmClock[] _clocks =
        [.. Enumerable.Range(0, streams).Select(_ => new SgmClock(TimeProvider.System.GetUtcNow()))];

    private readonly List<SampleBatch> _commit = [];
    private int _next;

    public async Task<Pace> MeasureAsync(string directory, CancellationToken cancellationToken)
    {
        await using var store = SqliteTelemetryStore.Open(
            new SqliteStoreOptions { Directory = directory }, TimeProvider.System);
        await WriteForAsync(store, settings.WarmUp, cancellationToken);
        return await WriteForAsync(store, settings.Measured, cancellationToken);
    }

    private async Task<Pace> WriteForAsync(
        SqliteTelemetryStore store, TimeSpan duration, CancellationToken cancellationToken)
    {
        var commitRows = new IngestOptions().CommitRows;
        var started = TimeProvider.System.GetTimestamp();
        var cpuBefore = Environment.CpuUsage.TotalTime;
        var values = 0L;
        TimeSpan elapsed;
        do
        {
            cancellationToken.ThrowIfCancellationRequested();
            _commit.Clear();
            for (var rows = 0; rows < commitRows; rows += settings.BatchRows)
            {
                _commit.Add(NextBatch());
            }

            var result = await store.WriteAsync(_commit, cancellationToken);
            values += result.Stored * SampleMatrix.Metrics.Count;
            elapsed = TimeProvider.System.GetElapsedTime(started);
        }
        while (elapsed < duration);
        return new Pace(values, elapsed, Environment.CpuUsage.TotalTime - cpuBefore);
    }

    private SampleBatch NextBatch()
    {
        var number = _next++ % streams;
        var timestamps = new long[settings.BatchRows];
        _clocks[number].Next(timestamps);
        return new SampleBatch
        {
            Serial = _serials[number],
            Group = new SecurityGroupId(1 + (number / 28)),
            Metrics = SampleMatrix.Metrics,
            TimestampsMs = timestamps,
            Values = _matrices[_next % _matrices.Length],
        };
    }
}
