using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Tests.Service;

/// <summary>A spool in memory that is as large, and as broken, as a test wants it.</summary>
internal sealed class SpoolUnderTest : ISampleSpool
{
    private readonly List<(long Id, IReadOnlyList<SampleBatch> Batches, DateTimeOffset At)> _appends = [];
    private readonly Lock _gate = new();
    private long _last;

    /// <summary>Rows that it takes.</summary>
    public long MaxRows { get; set; } = long.MaxValue;

    public SpoolStatistics Statistics
    {
        get
        {
            lock (_gate)
            {
                return new SpoolStatistics(
                    RowsOf(_appends), 0, 1, _appends.Count > 0 ? _appends[0].At : null, 0, null);
            }
        }
    }

    public ValueTask AppendAsync(
        IReadOnlyList<SampleBatch> batches, DateTimeOffset now, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (RowsOf(_appends) + batches.Sum(b => b.Rows) > MaxRows)
            {
                throw new SpoolFullException("The spool is full.");
            }

            _appends.Add((++_last, [.. batches], now));
            return ValueTask.CompletedTask;
        }
    }

    public ValueTask<SpooledBatches?> PeekAsync(int maxRows, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return new(_appends is [var first, ..]
                ? new SpooledBatches(first.Batches, first.Id, first.Batches.Sum(b => (long)b.Rows))
                : null);
        }
    }

    public ValueTask RemoveAsync(SpooledBatches batches, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _appends.RemoveAll(a => a.Id <= batches.LastId);
            return ValueTask.CompletedTask;
        }
    }

    public ValueTask<long> ExpireAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var expired = RowsOf(_appends.Where(a => a.At < before));
            _appends.RemoveAll(a => a.At < before);
            return new(expired);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static long RowsOf(IEnumerable<(long Id, IReadOnlyList<SampleBatch> Batches, DateTimeOffset At)> appends) =>
        appends.Sum(a => a.Batches.Sum(b => (long)b.Rows));
}
