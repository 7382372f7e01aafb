namespace Maestro.Telemetry.Agent;

/// <summary>Where rows that wait for their acknowledgement are kept, so that they outlive the agent.</summary>
public sealed class JournalOptions
{
    /// <summary>The directory of the segment files, of one agent alone; made when it is missing.</summary>
    /// <value>The default is empty: rows are kept in memory alone.</value>
    public string Directory { get; set; } = "";

    /// <summary>Bytes after which a segment file is full. A file goes as a whole, when all of it is done.</summary>
    /// <value>The default is 1 MiB; from 64 KiB to 16 MiB.</value>
    public int SegmentBytes { get; set; } = 1 << 20;

    /// <summary>
    /// How often what was written is forced to the disk. A loss of power costs at most the rows of so long; the end of
    /// the process alone costs none.
    /// </summary>
    /// <value>The default is 1 second; from 100 milliseconds to 1 minute.</value>
    public TimeSpan SyncInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>What is wrong with the values, one sentence each; empty when nothing is.</summary>
    /// <param name="prefix">What stands before the name of an option in its key, for example "Journal:".</param>
    public IReadOnlyList<string> Validate(string prefix = "") =>
    [
        .. Directory.Contains('\0', StringComparison.Ordinal)
            ? [$"{prefix}{nameof(Directory)} has a NUL character; give the path of a directory."]
            : Array.Empty<string>(),
        .. Ranges.Check(prefix + nameof(SegmentBytes), SegmentBytes, 64 << 10, 16 << 20),
        .. Ranges.Check(prefix + nameof(SyncInterval), SyncInterval,
            TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1)),
    ];
}
