using Microsoft.Extensions.Logging;

namespace Maestro.Telemetry.Agent;

/// <summary>Reads what an earlier process left, and sorts it into what is sent again, left, and thrown away.</summary>
internal sealed partial class JournalReader(IJournalDisk disk, SegmentHeader own, TimeProvider time, ILogger logger)
{
    /// <summary>What this agent cannot use is kept for so long: it may come back with other columns or settings.</summary>
    public static readonly TimeSpan KeepLeftOut = TimeSpan.FromDays(7);

    // Not more than the options of any agent allow; the rest stays where it is until the next start.
    private const long MaxRestoredBytes = 1L << 30;

    private readonly ILogger _logger = logger;
    private readonly Dictionary<long, int> _done = [];

    /// <summary>The highest number in use.</summary>
    public long LastNumber { get; private set; }

    public JournalCounters Counters { get; private set; } = new();

    /// <summary>Gives the rows that are not done to the outbox, the oldest first.</summary>
    /// <returns>The segments that they are in.</returns>
    public IReadOnlyList<JournalSegment> Restore(Outbox outbox)
    {
        var segments = new List<JournalSegment>();
        var numbers = disk.List();
        LastNumber = numbers.Count > 0 ? numbers[^1] : 0;

        // What is done may stand in a later segment, so that all are read before any row is taken.
        foreach (var number in numbers)
        {
            foreach (var mark in TryRead(number)?.Marks ?? [])
            {
                _done[mark.Segment] = Math.Max(mark.Rows, _done.GetValueOrDefault(mark.Segment));
            }
        }

        var bytes = 0L;
        foreach (var number in numbers.TakeWhile(_ => bytes < MaxRestoredBytes))
        {
            if (Take(number, outbox, isOldest: segments.Count == 0) is { } segment)
            {
                segments.Add(segment);
                bytes += (long)segment.Rows * SegmentFormat.RowPayload(own.Columns.Count);
            }
        }

        outbox.Linger();
        return segments;
    }

    private JournalSegment? Take(long number, Outbox outbox, bool isOldest)
    {
        if (TryRead(number) is not { } content)
        {
            Counters = Counters with { Unreadable = Counters.Unreadable + 1 };
            LogUnreadable(number);
            DeleteIfOld(number);
            return null;
        }

        if (content.TornBytes > 0)
        {
            Counters = Counters with { TornBytes = Counters.TornBytes + content.TornBytes };
            LogTorn(number, content.TornBytes, content.Rows);
        }

        var done = Math.Min(content.Rows, _done.GetValueOrDefault(number));
        if (done == content.Rows && isOldest)
        {
            TryDelete(number);
            return null;
        }

        if (done == content.Rows)
        {
            // Its marks may be about an older file: it goes after that one.
            return new() { Number = number, Rows = done, Done = done, Marked = done };
        }

        if (Places(content.Header) is not { } places)
        {
            Counters = Counters with { LeftOut = Counters.LeftOut + content.Rows - done };
            LogLeftOut(number, content.Rows - done, content.Header.Serial, own.Serial, KeepLeftOut.Days);
            DeleteIfOld(number);
            return null;
        }

        Take(content, done, places, outbox);
        return new() { Number = number, Rows = content.Rows, Done = done, Marked = done };
    }

    private void Take(SegmentContent content, int done, int[] places, Outbox outbox)
    {
        var row = new double[places.Length];
        for (var i = done; i < content.Rows; i++)
        {
            var timestamp = content.ReadRow(i, places, row);
            outbox.Restore(timestamp, row);
        }

        Counters = Counters with { Restored = Counters.Restored + content.Rows - done };
    }

    /// <summary>Where each of our columns is in the segment's rows; null when not all of them are there.</summary>
    private int[]? Places(SegmentHeader header)
    {
        if (header.Serial != own.Serial)
        {
            return null;
        }

        var theirs = new Dictionary<ColumnKey, int>();
        for (var i = 0; i < header.Columns.Count; i++)
        {
            theirs.TryAdd(header.Columns[i], i);
        }

        // A row has a value for each column: one that lacks some cannot be sent.
        var places = own.Columns.Select(c => theirs.GetValueOrDefault(c, -1)).ToArray();
        return places.Contains(-1) ? null : places;
    }

    private SegmentContent? TryRead(long number)
    {
        try
        {
            return SegmentContent.TryRead(disk.Read(number), out var content) ? content : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogFailed(number, e);
            return null;
        }
    }

    private void DeleteIfOld(long number)
    {
        try
        {
            if (time.GetUtcNow() - disk.LastWrite(number) > KeepLeftOut)
            {
                disk.Delete(number);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogFailed(number, e);
        }
    }

    private void TryDelete(long number)
    {
        try
        {
            disk.Delete(number);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogFailed(number, e);
        }
    }

    [LoggerMessage(5121, LogLevel.Warning,
        "Segment {Number} of the journal ends with {Bytes} bytes that do not check; the {Rows} rows before them are good")]
    private partial void LogTorn(long number, int bytes, int rows);

    [LoggerMessage(5122, LogLevel.Warning,
        "Segment {Number} of the journal is left out: it has {Rows} rows of {Serial} that do not fit {Own} and its "
            + "columns. Start the agent as it was to send them; after {Days} days the file is deleted")]
    private partial void LogLeftOut(long number, int rows, string serial, string own, int days);

    [LoggerMessage(5123, LogLevel.Error, "Segment {Number} of the journal is damaged from its beginning, or is none")]
    private partial void LogUnreadable(long number);

    [LoggerMessage(5124, LogLevel.Error, "Segment {Number} of the journal could not be read or deleted")]
    private partial void LogFailed(long number, Exception exception);
}
