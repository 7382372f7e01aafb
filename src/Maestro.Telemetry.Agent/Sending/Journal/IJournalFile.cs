namespace Maestro.Telemetry.Agent;

/// <summary>A segment that is being written.</summary>
internal interface IJournalFile : IDisposable
{
    /// <summary>Writes at the end. When it fails, some of the bytes may have been written.</summary>
    void Append(ReadOnlySpan<byte> bytes);

    /// <summary>Forces to the disk what was written. It may be called beside <see cref="Append"/>.</summary>
    void Sync();
}
