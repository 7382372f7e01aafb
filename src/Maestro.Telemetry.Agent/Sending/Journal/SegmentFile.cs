using Microsoft.Win32.SafeHandles;

namespace Maestro.Telemetry.Agent;

/// <summary>A segment in the file system. What is written is with the kernel at once: the process may die.</summary>
internal sealed class SegmentFile(string path) : IJournalFile
{
    private readonly SafeFileHandle _handle = File.OpenHandle(
        path, FileMode.CreateNew, FileAccess.Write, FileShare.Read | FileShare.Delete);

    private long _length;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        RandomAccess.Write(_handle, bytes, _length);
        _length += bytes.Length;
    }

    public void Sync() => RandomAccess.FlushToDisk(_handle);

    public void Dispose() => _handle.Dispose();
}
