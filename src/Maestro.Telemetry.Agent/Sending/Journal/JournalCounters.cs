namespace Maestro.Telemetry.Agent;

/// <summary>What became of rows on disk since the start.</summary>
public sealed record JournalCounters
{
    /// <summary>Rows that an earlier process left and that were taken into the outbox.</summary>
    public long Restored { get; init; }

    /// <summary>Rows that are in memory alone, because the disk did not take them.</summary>
    public long NotJournalled { get; init; }

    /// <summary>Rows of files that this agent cannot use: of another SGM, or of columns that it has not.</summary>
    public long LeftOut { get; init; }

    /// <summary>Files that are no segments.</summary>
    public long Unreadable { get; init; }

    /// <summary>Bytes at the ends of files that did not check.</summary>
    public long TornBytes { get; init; }

    /// <summary>Times that the disk failed.</summary>
    public long Failures { get; init; }
}
