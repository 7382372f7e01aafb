using Grpc.Core;
using Maestro.Telemetry.Protocol.V1;
using Microsoft.Extensions.Logging;

namespace Maestro.Telemetry.Agent;

/// <summary>
/// Brings the samples of one SGM to a collector. Rows wait in a bounded outbox until the collector has acknowledged
/// them; a stream that breaks is opened again after a jittered wait, and what was not acknowledged is sent again in
/// order, with the same sequence numbers unless the collector takes smaller batches by then. All members may be called
/// from any thread.
/// </summary>
public sealed partial class TelemetrySender : IAsyncDisposable
{
    private readonly IReadOnlyList<Column> _columns;
    private readonly StreamLoop _loop;
    private readonly SenderParts _parts;
    private readonly Outbox _outbox;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ITimer _linger;
    private readonly RowJournal? _journal;
    private readonly CancellationTokenSource _disposed = new();
    private IdentityTerm _term;
    private Task? _run;
    private int _disposing;

    /// <summary>Makes a sender that streams over a channel. Nothing is opened before <see cref="RunAsync"/>.</summary>
    /// <param name="options">What it keeps, how it forms batches and how it waits.</param>
    /// <param name="channel">The way to the collector.</param>
    /// <param name="identity">Who sends.</param>
    /// <param name="columns">What each row has.</param>
    /// <param name="time">The clock of its waits.</param>
    /// <param name="logger">For what is to be known.</param>
    /// <param name="sampleClock">
    /// The clock that samples are stamped with, whose time the collector is told with each batch; the one of the waits
    /// when there is no other.
    /// </param>
    /// <exception cref="ArgumentException">An option is out of its range, or there are no columns.</exception>
    public TelemetrySender(
        TelemetrySenderOptions options,
        ChannelBase channel,
        AgentIdentity identity,
        IReadOnlyList<Column> columns,
        TimeProvider time,
        ILogger logger,
        TimeProvider? sampleClock = null)
        : this(
            options,
            new GrpcTelemetryTransport(channel.CreateCallInvoker()),
            identity,
            columns,
            time,
            logger,
            sampleClock: sampleClock)
    {
    }

    /// <summary>Makes a sender that streams over a call invoker, for example one with interceptors.</summary>
    /// <exception cref="ArgumentException">An option is out of its range, or there are no columns.</exception>
    public TelemetrySender(
        TelemetrySenderOptions options,
        CallInvoker invoker,
        AgentIdentity identity,
        IReadOnlyList<Column> columns,
        TimeProvider time,
        ILogger logger)
        : this(options, new GrpcTelemetryTransport(invoker), identity, columns, time, logger)
    {
    }

    internal TelemetrySender(
        TelemetrySenderOptions options,
        ITelemetryTransport transport,
        AgentIdentity identity,
        IReadOnlyList<Column> columns,
        TimeProvider time,
        ILogger logger,
        (IJournalDisk Disk, JournalOptions Options)? journal = null,
        TimeProvider? sampleClock = null)
    {
        options.ThrowIfInvalid();
        ArgumentOutOfRangeException.ThrowIfZero(columns.Count, nameof(columns));
        (_columns, _time, _logger, _term) = ([.. columns], time, logger, new(identity));

        // Grows across restarts, as long as no process sends more than 1000 batches in a millisecond.
        var start = (ulong)Math.Max(1, time.GetUtcNow().ToUnixTimeMilliseconds()) * 1_000;
        _outbox = new(options, columns.Count, start);
        var random = new Random(options.Seed ?? HashCode.Combine(identity.AgentId, identity.Serial, start));
        _parts = new(options, _outbox, new(), new(options, random), new(identity, time, logger), time, sampleClock ?? time, logger);
        _loop = new(transport, _columns, _parts);
        _journal = journal is null ? null : new(
            journal.Value.Disk, journal.Value.Options, SegmentHeader.For(identity.Serial, columns), _outbox, time, logger);
        _linger = time.CreateTimer(_ => Linger(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>What became of the rows so far.</summary>
    public SenderCounters Counters => _outbox.Snapshot(_loop.Reconnects) with { Journal = _journal?.Counters };

    /// <summary>Takes one row, with one value per column, if there is room for it.</summary>
    /// <returns>
    /// False when the outbox is full or the sender is stopping: the row was counted as refused. What is already in the
    /// outbox is never pushed out.
    /// </returns>
    /// <exception cref="ArgumentException">The row has not as many values as there are columns.</exception>
    public bool TryEnqueue(DateTimeOffset timestamp, ReadOnlySpan<double> row)
    {
        ThrowUnlessShaped(1, row.Length);
        ReadOnlySpan<long> timestamps = [timestamp.ToUnixTimeMilliseconds()];
        if (Add(timestamps, row) == 1)
        {
            return true;
        }

        _outbox.CountNotTaken(1);
        return false;
    }

    /// <summary>Takes many rows, in row-major order, and waits for room where there is none.</summary>
    /// <exception cref="ArgumentException">The number of values is not rows times columns.</exception>
    /// <exception cref="InvalidOperationException">
    /// The sender is stopping. The rows that were taken before are in the outbox, the others counted as refused.
    /// </exception>
    public async ValueTask EnqueueAsync(
        ReadOnlyMemory<long> timestampsMs, ReadOnlyMemory<double> rows, CancellationToken cancellationToken)
    {
        ThrowUnlessShaped(timestampsMs.Length, rows.Length);
        for (var taken = 0; ;)
        {
            taken += Add(timestampsMs.Span[taken..], rows.Span[(taken * _columns.Count)..]);
            if (taken == timestampsMs.Length)
            {
                return;
            }

            if (_outbox.IsClosed)
            {
                _outbox.CountNotTaken(timestampsMs.Length - taken);
                var left = timestampsMs.Length - taken;
                throw new InvalidOperationException(
                    $"The sender is stopping and did not take {left} of {timestampsMs.Length} rows.");
            }

            await _outbox.WaitForRoomAsync().WaitAsync(cancellationToken);
        }
    }

    /// <summary>
    /// Opens the stream again under another identity, for example after a move to another Security Group. What is in
    /// flight is given the grace time to be acknowledged; what is not sent yet goes out under the new identity.
    /// </summary>
    /// <exception cref="ArgumentException">
    /// The agent id or the serial is another one: that needs another sender.
    /// </exception>
    public void ChangeIdentity(AgentIdentity identity)
    {
        var present = Volatile.Read(ref _term).Identity;
        if (identity.Serial != present.Serial || identity.AgentId != present.AgentId)
        {
            throw new ArgumentException(
                $"The sender is for {present.AgentId}/{present.Serial}, not for {identity.AgentId}/{identity.Serial}; "
                    + "use one sender per agent and SGM.",
                nameof(identity));
        }

        if (identity != present)
        {
            Interlocked.Exchange(ref _term, new(identity)).End();
            _parts.Wake.Set();
        }
    }

    /// <summary>Waits until every row taken so far is acknowledged or refused. It needs a running sender.</summary>
    /// <exception cref="InvalidOperationException">The sender stopped before that.</exception>
    public Task FlushAsync(CancellationToken cancellationToken)
    {
        var flushed = _outbox.WaitForFlushAsync();
        _parts.Wake.Set();
        return flushed.WaitAsync(cancellationToken);
    }

    /// <summary>
    /// Streams until cancelled; then takes no more rows, gives what is left the grace time to be acknowledged, and
    /// returns. It never fails because of the collector: it tries again.
    /// </summary>
    /// <exception cref="InvalidOperationException">It runs already, or has run.</exception>
    public Task RunAsync(CancellationToken cancellationToken)
    {
        var run = new TaskCompletionSource();
        if (Interlocked.CompareExchange(ref _run, run.Task, null) is not null)
        {
            throw new InvalidOperationException("A sender runs once; make another one.");
        }

        return RunOnceAsync(run, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposing, 1) == 1)
        {
            return;
        }

        _outbox.Close();
        await _disposed.CancelAsync();
        await (Volatile.Read(ref _run) ?? Task.CompletedTask);
        _outbox.Abandon();
        await _linger.DisposeAsync();
        if (_journal is not null)
        {
            await _journal.DisposeAsync();
        }

        _term.Dispose();
        _disposed.Dispose();
    }

    private int Add(ReadOnlySpan<long> timestamps, ReadOnlySpan<double> rows)
    {
        var taken = _journal is null ? _outbox.Add(timestamps, rows) : _journal.Add(timestamps, rows);
        if (taken.Opened)
        {
            _linger.Change(_parts.Options.Linger, Timeout.InfiniteTimeSpan);
        }

        if (taken.Ready)
        {
            _parts.Wake.Set();
        }

        return taken.Rows;
    }

    private void Linger()
    {
        _outbox.Linger();
        _parts.Wake.Set();
    }

    private async Task RunOnceAsync(TaskCompletionSource done, CancellationToken stopping)
    {
        try
        {
            using var abort = CancellationTokenSource.CreateLinkedTokenSource(_disposed.Token);
            await using var grace = _time.CreateTimer(
                _ => abort.Cancel(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            await using var stop = stopping.UnsafeRegister(_ => BeginStop(grace), null);
            await _loop.RunAsync(() => Volatile.Read(ref _term), stopping, abort.Token);
        }
        finally
        {
            _outbox.Close();
            _outbox.Abandon();
            done.SetResult();
        }

        LogStopped(_term.Identity.Serial, Counters.Acknowledged, Counters.Waiting);
    }

    private void BeginStop(ITimer grace)
    {
        _outbox.Close();
        grace.Change(_parts.Options.StopGrace, Timeout.InfiniteTimeSpan);
        _parts.Wake.Set();
    }

    private void ThrowUnlessShaped(int rows, int values)
    {
        if (values != rows * _columns.Count)
        {
            throw new ArgumentException(
                $"{rows} rows of {_columns.Count} columns need {rows * _columns.Count} values, not {values}.");
        }
    }

    [LoggerMessage(5107, LogLevel.Information,
        "The sender of {Serial} has stopped: {Acknowledged} rows acknowledged, {Left} left behind")]
    private partial void LogStopped(string serial, long acknowledged, long left);
}
