using Maestro.Telemetry.Series;
using Maestro.Telemetry.Server.Ingest;

namespace Maestro.Telemetry.IntegrationTests.Receivers;

/// <summary>A store that takes nothing until the gate is opened, and then forgets.</summary>
internal sealed class GatedCommit : ICommitPath
{
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _rows;

    /// <summary>Rows that were committed.</summary>
    public int Rows => Volatile.Read(ref _rows);

    public void Open() => _opened.TrySetResult();

    public async Task<IReadOnlyList<SampleBatch>?> CommitAsync(
        IReadOnlyList<SampleBatch> batches, CancellationToken stoppingToken)
    {
        await _opened.Task.WaitAsync(stoppingToken);
        Interlocked.Add(ref _rows, batches.Sum(b => b.Rows));
        return batches;
    }
}
