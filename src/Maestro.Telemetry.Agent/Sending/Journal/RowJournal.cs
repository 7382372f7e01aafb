using Microsoft.Extensions.Logging;

namespace Maestro.Telemetry.Agent;

/// <summary>
/// Keeps on disk the rows that are in an outbox, so that the next process can take them up. Rows leave the outbox in the
/// order in which they came, so that the number of those that left says which files can go. When the disk fails, the
/// outbox goes on in memory, and the disk is tried again later. All members may be called from any thread.
/// </summary>
internal sealed partial class RowJournal : IAsyncDisposable
{
    /// <summary>How long a disk that failed is left alone.</summary>
    public static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly Outbox _outbox;
    private readonly IJournalDisk _disk;
    private readonly JournalOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly byte[] _header;
    private readonly int _columns;
    private readonly int _recordBytes;
    private readonly SegmentQueue _segments;
    private readonly List<IJournalFile> _closed = [];
    private readonly ITimer _timer;
    private JournalCounters _counters;
    private byte[] _buffer = [];
    private IJournalFile? _file;
    private long _fileBytes;
    private long _number;
    private bool _dirty;
    private bool _syncing;
    private bool _disposed;
    private long? _failedAt;

    /// <summary>Takes up what an earlier process left, and keeps what the outbox takes from now on.</summary>
    /// <exception cref="ArgumentException">The serial or the columns are more than a journal can hold.</exception>
    public RowJournal(
        IJournalDisk disk,
        JournalOptions options,
        SegmentHeader header,
        Outbox outbox,
        TimeProvider time,
        ILogger logger)
    {
        (_disk, _options, _outbox, _time, _logger) = (disk, options, outbox, time, logger);
        (_header, _columns) = (header.ToBytes(), header.Columns.Count);
        _recordBytes = SegmentFormat.RecordOverhead + SegmentFormat.RowPayload(_columns);
        (_segments, _counters) = Restore(new(disk, header, time, logger));
        _timer = time.CreateTimer(_ => Sync(), null, options.SyncInterval, options.SyncInterval);
    }

    public JournalCounters Counters
    {
        get
        {
            lock (_lock)
            {
                return _counters;
            }
        }
    }

    private bool IsLeftAlone => _failedAt is { } at && _time.GetElapsedTime(at) < RetryAfter;

    /// <summary>Puts rows into the outbox, and those that it takes on disk, in the same order.</summary>
    public OutboxTaken Add(ReadOnlySpan<long> timestamps, ReadOnlySpan<double> values)
    {
        lock (_lock)
        {
            // Before the rows are in the outbox: none of them can have left it.
            _segments.Free(_outbox.Freed);
            var taken = _outbox.Add(timestamps, values);
            if (taken.Rows > 0 && !_disposed)
            {
                Write(timestamps[..taken.Rows], values);
            }

            return taken;
        }
    }

    /// <summary>Writes down what left the outbox, and forces everything to the disk.</summary>
    public void Sync()
    {
        IJournalFile[] closed;
        IJournalFile? open;
        lock (_lock)
        {
            if (_syncing)
            {
                return;
            }

            _segments.Free(_outbox.Freed);
            WriteMark();
            (closed, open) = ([.. _closed], _dirty ? _file : null);
            _closed.Clear();
            (_dirty, _syncing) = (false, true);
        }

        // Without the lock: a slow disk does not keep the source waiting.
        try
        {
            foreach (var file in closed)
            {
                file.Sync();
            }

            open?.Sync();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            lock (_lock)
            {
                Fail(e);
            }
        }
        finally
        {
            foreach (var file in closed)
            {
                file.Dispose();
            }

            lock (_lock)
            {
                _syncing = false;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
        }

        await _timer.DisposeAsync();
        Sync();
        lock (_lock)
        {
            CloseFile();
            _segments.Free(_outbox.Freed);
        }

        // What was closed just now was forced to the disk before.
        _closed.ForEach(file => file.Dispose());
        _disk.Dispose();
    }

    private (SegmentQueue Segments, JournalCounters Counters) Restore(JournalReader reader)
    {
        try
        {
            var left = reader.Restore(_outbox);
            _number = reader.LastNumber;
            if (reader.Counters.Restored > 0)
            {
                LogRestored(reader.Counters.Restored, left.Count);
            }

            return (new(_disk, left, TellDeleteFailed), reader.Counters);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogNotRead(e);
            return (new(_disk, [], TellDeleteFailed), reader.Counters with { Failures = 1 });
        }
    }

    private void Write(ReadOnlySpan<long> timestamps, ReadOnlySpan<double> values)
    {
        while (timestamps.Length > 0)
        {
            var room = (int)Math.Max(1, (_options.SegmentBytes - Math.Max(_fileBytes, _header.Length)) / _recordBytes);
            var some = Math.Min(timestamps.Length, room);
            if (!TryWrite(timestamps[..some], values))
            {
                _segments.AddLost(timestamps.Length);
                _counters = _counters with { NotJournalled = _counters.NotJournalled + timestamps.Length };
                return;
            }

            _segments.Last!.Rows += some;
            if (_fileBytes + _recordBytes > _options.SegmentBytes)
            {
                CloseFile();
            }

            timestamps = timestamps[some..];
            values = values[(some * _columns)..];
        }
    }

    private bool TryWrite(ReadOnlySpan<long> timestamps, ReadOnlySpan<double> values)
    {
        if (IsLeftAlone)
        {
            return false;
        }

        try
        {
            OpenFile();

            // First what is done: of what follows, not more is left at any moment than the outbox holds.
            var mark = _segments.TakeMark();
            var length = (timestamps.Length * _recordBytes)
                + (mark is null ? 0 : SegmentFormat.RecordOverhead + SegmentFormat.DonePayload);
            Append(Compose(timestamps, values, mark, length));
            if (_failedAt is not null)
            {
                _failedAt = null;
                LogRecovered(_counters.NotJournalled);
            }

            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Fail(e);
            return false;
        }
    }

    private Span<byte> Compose(ReadOnlySpan<long> timestamps, ReadOnlySpan<double> values, DoneMark? mark, int length)
    {
        if (_buffer.Length < length)
        {
            _buffer = new byte[length];
        }

        var rest = mark is { } done ? SegmentFormat.WriteDone(_buffer, done) : _buffer.AsSpan();
        for (var i = 0; i < timestamps.Length; i++)
        {
            rest = SegmentFormat.WriteRow(rest, timestamps[i], values.Slice(i * _columns, _columns));
        }

        return _buffer.AsSpan(0, length);
    }

    private void WriteMark()
    {
        if (IsLeftAlone || _segments.TakeMark() is not { } mark)
        {
            return;
        }

        try
        {
            OpenFile();
            Append(Compose([], [], mark, SegmentFormat.RecordOverhead + SegmentFormat.DonePayload));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Fail(e);
        }
    }

    private void OpenFile()
    {
        if (_file is null)
        {
            _number++;
            _file = _disk.Create(_number);
            _fileBytes = 0;
            _segments.Open(_number);
            Append(_header);
        }
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        _file!.Append(bytes);
        _fileBytes += bytes.Length;
        _dirty = true;
    }

    private void CloseFile()
    {
        if (_file is not null)
        {
            _closed.Add(_file);
            _file = null;
            _fileBytes = 0;
            _segments.Close();
        }
    }

    private void Fail(Exception e)
    {
        if (_failedAt is null)
        {
            LogFailed(RetryAfter.TotalSeconds, e);
        }

        _failedAt = _time.GetTimestamp();
        _counters = _counters with { Failures = _counters.Failures + 1 };
        CloseFile();
    }

    // Called with the lock held.
    private void TellDeleteFailed(long number, Exception e)
    {
        _counters = _counters with { Failures = _counters.Failures + 1 };
        LogDeleteFailed(number, e);
    }

    [LoggerMessage(5125, LogLevel.Information,
        "{Rows} rows in {Files} files of the journal are not acknowledged yet and will be sent again")]
    private partial void LogRestored(long rows, int files);

    [LoggerMessage(5126, LogLevel.Error,
        "The journal cannot be written: what is measured is in memory alone and would be lost with the agent. Free "
            + "space, or make the directory writable; it is tried again every {Seconds:0} s")]
    private partial void LogFailed(double seconds, Exception exception);

    [LoggerMessage(5127, LogLevel.Information,
        "The journal is written again; {Rows} rows since the start were in memory alone")]
    private partial void LogRecovered(long rows);

    [LoggerMessage(5128, LogLevel.Error, "The journal cannot be read; what an earlier agent left in it is not sent")]
    private partial void LogNotRead(Exception exception);

    [LoggerMessage(5129, LogLevel.Warning,
        "Segment {Number} of the journal is done and could not be deleted; after a restart its rows are sent again")]
    private partial void LogDeleteFailed(long number, Exception exception);
}
