using System.Globalization;

namespace Maestro.Telemetry.Agent;

/// <summary>Segments in a directory: files that are called by their number.</summary>
internal sealed class JournalDirectory : IJournalDisk
{
    private const string Extension = ".segment";
    private const string LockFile = "journal.lock";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    // What the runtime gives for a file that another process has locked: EWOULDBLOCK, and a sharing violation.
    private static readonly int[] LockedCodes = [11, 35, unchecked((int)0x8007_0020)];

    private readonly string _path;
    private readonly FileStream? _lock;

    private JournalDirectory(string path, FileStream? @lock) => (_path, _lock) = (path, @lock);

    /// <summary>Why the directory cannot be written; null when it can.</summary>
    public string? Problem { get; private init; }

    /// <summary>
    /// Takes a directory for this process. One that cannot be written is still read, as far as that goes.
    /// </summary>
    /// <exception cref="IOException">Another process has it.</exception>
    public static JournalDirectory Open(string directory)
    {
        var path = Path.GetFullPath(directory);
        try
        {
            if (!Directory.Exists(path))
            {
                Make(path);
            }

            return new(path, new FileStream(
                Path.Combine(path, LockFile), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1));
        }
        catch (IOException e) when (LockedCodes.Contains(e.HResult))
        {
            throw new IOException(
                $"The journal in '{path}' is in use by another agent. Stop that one, or give each agent a directory of "
                    + "its own (Maestro:Agent:Journal:Directory, --journal).",
                e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new(path, null) { Problem = e.Message };
        }
    }

    public IReadOnlyList<long> List() => !Directory.Exists(_path)
        ? []
        : [.. Directory.EnumerateFiles(_path, "*" + Extension)
            .Select(file => long.TryParse(
                Path.GetFileNameWithoutExtension(file), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                    ? number
                    : 0)
            .Where(number => number > 0)
            .Order()];

    public byte[] Read(long number)
    {
        using var file = File.OpenHandle(PathOf(number));
        var bytes = new byte[Math.Min(RandomAccess.GetLength(file), SegmentFormat.MaxFileBytes)];
        var read = 0;
        while (read < bytes.Length && RandomAccess.Read(file, bytes.AsSpan(read), read) is var some and > 0)
        {
            read += some;
        }

        return read == bytes.Length ? bytes : bytes[..read];
    }

    public DateTimeOffset LastWrite(long number) => new(File.GetLastWriteTimeUtc(PathOf(number)), TimeSpan.Zero);

    public IJournalFile Create(long number) => _lock is null
        ? throw new UnauthorizedAccessException($"The journal in '{_path}' cannot be written: {Problem}")
        : new SegmentFile(PathOf(number));

    public void Delete(long number) => File.Delete(PathOf(number));

    public void Dispose() => _lock?.Dispose();

    private static void Make(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, OwnerOnly);
        }
    }

    private string PathOf(long number) =>
        Path.Combine(_path, number.ToString("D16", CultureInfo.InvariantCulture) + Extension);
}
