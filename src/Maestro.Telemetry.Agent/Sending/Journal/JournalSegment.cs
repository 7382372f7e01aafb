namespace Maestro.Telemetry.Agent;

/// <summary>Rows that stand in one file, or in none because the disk did not take them.</summary>
internal sealed class JournalSegment
{
    /// <summary>The number of the file; 0 when there is none.</summary>
    public long Number { get; init; }

    /// <summary>Rows in the file.</summary>
    public int Rows { get; set; }

    /// <summary>How many of the first rows the collector is done with.</summary>
    public int Done { get; set; }

    /// <summary>How many of them the journal itself says are done.</summary>
    public int Marked { get; set; }

    public bool IsOnDisk => Number > 0;
}
