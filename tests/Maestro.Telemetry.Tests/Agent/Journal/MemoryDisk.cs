using Maestro.Telemetry.Agent;

namespace Maestro.Telemetry.Tests.Agents;

/// <summary>Segments in memory, on a disk that can become full and from which an image can be taken at a kill.</summary>
internal sealed class MemoryDisk : IJournalDisk
{
    private readonly SortedDictionary<long, List<byte>> _files = [];
    private long _lastWritten;
    private int _lastLength;

    /// <summary>Bytes that it still takes; a write beyond them is cut off and fails.</summary>
    public long Room { get; set; } = long.MaxValue;

    public bool DeleteFails { get; set; }

    public bool SyncFails { get; set; }

    public int Syncs { get; private set; }

    public DateTimeOffset WrittenAt { get; set; }

    public long Bytes => _files.Values.Sum(f => (long)f.Count);

    /// <summary>What is there when the process is killed in its last write, so many bytes before the end of it.</summary>
    public MemoryDisk Image(int cut = 0)
    {
        var image = new MemoryDisk { WrittenAt = WrittenAt };
        foreach (var (number, bytes) in _files)
        {
            var missing = number == _lastWritten ? Math.Min(cut, _lastLength) : 0;
            image._files[number] = bytes[..(bytes.Count - missing)];
        }

        return image;
    }

    public void Put(long number, IEnumerable<byte> bytes) => _files[number] = [.. bytes];

    public IReadOnlyList<long> List() => [.. _files.Keys];

    public byte[] Read(long number) => [.. _files[number]];

    public DateTimeOffset LastWrite(long number) => WrittenAt;

    public IJournalFile Create(long number)
    {
        if (Room == 0)
        {
            throw new IOException("No space left on device");
        }

        _files.Add(number, []);
        return new MemoryFile(this, number);
    }

    public void Delete(long number)
    {
        if (DeleteFails)
        {
            throw new UnauthorizedAccessException("Read-only file system");
        }

        _files.Remove(number);
    }

    public void Dispose()
    {
    }

    private sealed class MemoryFile(MemoryDisk disk, long number) : IJournalFile
    {
        private readonly List<byte> _bytes = disk._files[number];

        public void Append(ReadOnlySpan<byte> bytes)
        {
            var some = (int)Math.Min(bytes.Length, disk.Room);
            _bytes.AddRange(bytes[..some]);
            (disk._lastWritten, disk._lastLength) = (number, some);
            disk.Room -= some;
            if (some < bytes.Length)
            {
                throw new IOException("No space left on device");
            }
        }

        public void Sync()
        {
            disk.Syncs++;
            if (disk.SyncFails)
            {
                throw new IOException("Input/output error");
            }
        }

        public void Dispose()
        {
        }
    }
}
