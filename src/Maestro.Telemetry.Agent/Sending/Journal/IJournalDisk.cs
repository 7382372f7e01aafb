namespace Maestro.Telemetry.Agent;

/// <summary>
/// Where segment files are, by number. All members throw <see cref="IOException"/> or
/// <see cref="UnauthorizedAccessException"/> when the disk does not do what it is asked.
/// </summary>
internal interface IJournalDisk : IDisposable
{
    /// <summary>The numbers of the segments that are there, the oldest first.</summary>
    IReadOnlyList<long> List();

    /// <summary>All bytes of a segment; no more than <see cref="SegmentFormat.MaxFileBytes"/> are read.</summary>
    byte[] Read(long number);

    /// <summary>When something was last written to a segment.</summary>
    DateTimeOffset LastWrite(long number);

    /// <summary>Begins a segment that is not there yet.</summary>
    IJournalFile Create(long number);

    void Delete(long number);
}
