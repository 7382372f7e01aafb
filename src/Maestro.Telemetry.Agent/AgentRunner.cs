using Microsoft.Extensions.Logging;

namespace Maestro.Telemetry.Agent;

/// <summary>Reads a source at each interval and gives the rows to a sender.</summary>
public sealed partial class AgentRunner
{
    private static readonly TimeSpan ReadErrorPause = TimeSpan.FromMinutes(1);

    private readonly IMetricSource _source;
    private readonly TelemetrySender _sender;
    private readonly TimeSpan _interval;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly double[] _row;
    private long _readErrors;
    private long? _errorSaidAt;

    /// <param name="source">Where the values come from; its columns are those of the sender.</param>
    /// <param name="sender">Where they go. It has to be run beside this.</param>
    /// <param name="interval">From one reading to the next; above zero.</param>
    /// <param name="time">The clock that the interval and the timestamps are of.</param>
    /// <param name="logger">Where readings that fail are told.</param>
    public AgentRunner(
        IMetricSource source, TelemetrySender sender, TimeSpan interval, TimeProvider time, ILogger logger)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(interval, TimeSpan.Zero);
        (_source, _sender, _interval, _time, _logger) = (source, sender, interval, time, logger);
        _row = new double[source.Columns.Count];
    }

    /// <summary>Readings that failed.</summary>
    public long ReadErrors => Interlocked.Read(ref _readErrors);

    /// <summary>
    /// Reads at once and then at each interval, until cancelled; a reading that fails is told and left out.
    /// </summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(_interval, _time);
        try
        {
            do
            {
                await ReadAsync(cancellationToken);
            }
            while (await timer.WaitForNextTickAsync(cancellationToken));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return;
        }
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        try
        {
            if (await _source.ReadAsync(now, _row, cancellationToken))
            {
                _sender.TryEnqueue(now, _row);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            Interlocked.Increment(ref _readErrors);
            if (_errorSaidAt is not { } at || _time.GetElapsedTime(at) >= ReadErrorPause)
            {
                _errorSaidAt = _time.GetTimestamp();
                LogReadFailed(ReadErrors, e);
            }
        }
    }

    [LoggerMessage(5001, LogLevel.Warning, "A reading failed and is left out ({Count} since the start)")]
    private partial void LogReadFailed(long count, Exception exception);
}
