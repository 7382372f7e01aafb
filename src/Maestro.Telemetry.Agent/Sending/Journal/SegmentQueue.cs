namespace Maestro.Telemetry.Agent;

/// <summary>
/// The segments with rows that are in the outbox, in its order; those that are done are deleted. It has no lock of its
/// own.
/// </summary>
internal sealed class SegmentQueue
{
    private readonly IJournalDisk _disk;
    private readonly Action<long, Exception> _deleteFailed;
    private readonly LinkedList<JournalSegment> _segments;
    private JournalSegment? _open;
    private long _freed;

    /// <param name="disk">Where the files are.</param>
    /// <param name="left">Segments of an earlier process, the oldest first.</param>
    /// <param name="deleteFailed">Told when a file could not be deleted.</param>
    public SegmentQueue(IJournalDisk disk, IEnumerable<JournalSegment> left, Action<long, Exception> deleteFailed) =>
        (_disk, _segments, _deleteFailed) = (disk, new(left), deleteFailed);

    public JournalSegment? Last => _segments.Last?.Value;

    /// <summary>A new file takes the next rows.</summary>
    public void Open(long number) => _open = _segments.AddLast(new JournalSegment { Number = number }).Value;

    /// <summary>The file takes no more rows.</summary>
    public void Close()
    {
        _open = null;
        DropDone();
    }

    /// <summary>Rows that are in the outbox and in no file.</summary>
    public void AddLost(int rows)
    {
        if (Last is not { IsOnDisk: false })
        {
            _segments.AddLast(new JournalSegment());
        }

        Last!.Rows += rows;
    }

    /// <summary>So many rows have left the outbox since the start.</summary>
    public void Free(long freed)
    {
        // Rows may leave the outbox before they are on disk: those are counted the next time.
        for (var node = _segments.First; node is not null && _freed < freed; node = node.Next)
        {
            var some = (int)Math.Min(freed - _freed, node.Value.Rows - node.Value.Done);
            node.Value.Done += some;
            _freed += some;
        }

        DropDone();
    }

    /// <summary>What is to be written down about the oldest file; null when that is nothing new.</summary>
    public DoneMark? TakeMark()
    {
        if (_segments.First?.Value is not { IsOnDisk: true } oldest || oldest.Marked == oldest.Done)
        {
            return null;
        }

        oldest.Marked = oldest.Done;
        return new(oldest.Number, oldest.Done);
    }

    private void DropDone()
    {
        while (_segments.First?.Value is { } oldest && oldest.Done == oldest.Rows && oldest != _open)
        {
            _segments.RemoveFirst();
            if (oldest.IsOnDisk)
            {
                Delete(oldest.Number);
            }
        }
    }

    private void Delete(long number)
    {
        try
        {
            _disk.Delete(number);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _deleteFailed(number, e);
        }
    }
}
