namespace Maestro.Telemetry.Server.Configuration;

/// <summary>Limits of the way from a receiver to the store.</summary>
public sealed class IngestOptions : ISection
{
    public static string SectionName => "Maestro:Ingest";

    /// <summary>Batches that may wait for the store before senders are made to wait.</summary>
    /// <value>The default is 1024; from 1 to 65536.</value>
    public int QueueBatches { get; set; } = 1_024;

    /// <summary>Rows that one batch may have.</summary>
    /// <value>The default is 5000; from 1 to 100000.</value>
    public int MaxBatchRows { get; set; } = 5_000;

    /// <summary>Bytes that one message may have.</summary>
    /// <value>The default is 4 MiB; from 1 KiB to 64 MiB.</value>
    public int MaxMessageBytes { get; set; } = 4 * 1_024 * 1_024;

    /// <summary>Rows that end a transaction.</summary>
    /// <value>The default is 10000; from 1 to 100000.</value>
    public int CommitRows { get; set; } = 10_000;

    /// <summary>Time from the beginning of a transaction to that of the next, at least, unless rows for a full one wait.</summary>
    /// <value>The default is 10 ms; from 0 to 1 s.</value>
    public TimeSpan CommitDelay { get; set; } = TimeSpan.FromMilliseconds(10);

    /// <summary>Batches that one stream may have unacknowledged.</summary>
    /// <value>The default is 64; from 1 to 1024.</value>
    public int WindowBatches { get; set; } = 64;

    /// <summary>Streams that may be open at once.</summary>
    /// <value>The default is 2000; from 1 to 100000.</value>
    public int MaxStreams { get; set; } = 2_000;

    /// <summary>Samples older than this are refused.</summary>
    /// <value>The default is one day; from 1 minute to 400 days.</value>
    public TimeSpan MaxSampleAge { get; set; } = TimeSpan.FromDays(1);

    /// <summary>Samples further ahead of the clock than this are refused.</summary>
    /// <value>The default is 30 s; from 0 to 1 hour.</value>
    public TimeSpan MaxSampleLead { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>A sender whose clock is further from ours than this is named among the problems of the status.</summary>
    /// <value>The default is 5 s; from 100 ms to 1 day.</value>
    public TimeSpan MaxClockSkew { get; set; } = TimeSpan.FromSeconds(5);

    public void Check(SettingErrors errors)
    {
        errors.Range(nameof(QueueBatches), QueueBatches, 1, 65_536);
        errors.Range(nameof(MaxBatchRows), MaxBatchRows, 1, 100_000);
        errors.Range(nameof(MaxMessageBytes), MaxMessageBytes, 1_024, 64 * 1_024 * 1_024);
        errors.Range(nameof(CommitRows), CommitRows, 1, 100_000);
        errors.Range(nameof(CommitDelay), CommitDelay, TimeSpan.Zero, TimeSpan.FromSeconds(1));
        errors.Range(nameof(WindowBatches), WindowBatches, 1, 1_024);
        errors.Range(nameof(MaxStreams), MaxStreams, 1, 100_000);
        errors.Range(nameof(MaxSampleAge), MaxSampleAge, TimeSpan.FromMinutes(1), TimeSpan.FromDays(400));
        errors.Range(nameof(MaxSampleLead), MaxSampleLead, TimeSpan.Zero, TimeSpan.FromHours(1));
        errors.Range(nameof(MaxClockSkew), MaxClockSkew, TimeSpan.FromMilliseconds(100), TimeSpan.FromDays(1));
    }
}
