namespace Maestro.Telemetry.Server.Configuration;

/// <summary>The spool in front of a store that other machines run.</summary>
public sealed class SpoolOptions : ISection
{
    public static string SectionName => "Maestro:Spool";

    /// <summary>Whether samples are spooled while the store is down or slow.</summary>
    /// <value>The default is null: as soon as the store is not the embedded one.</value>
    public bool? Enabled { get; set; }

    /// <summary>Bytes of samples that the spool may hold; beyond that senders wait.</summary>
    /// <value>The default is 4 GiB; from 1 MiB to 1 TiB.</value>
    public long MaxBytes { get; set; } = 4L << 30;

    /// <summary>What was spooled longer ago is given up, and counted.</summary>
    /// <value>The default is 7 days, as long as samples are kept; from 1 minute to 400 days.</value>
    public TimeSpan MaxAge { get; set; } = TimeSpan.FromDays(7);

    /// <summary>How long a live commit waits for the store before it goes to the spool.</summary>
    /// <value>The default is 5 s; from 100 ms to 1 minute.</value>
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Live commits that take longer make the spool follow more slowly.</summary>
    /// <value>The default is 500 ms; from 1 ms to 1 minute.</value>
    public TimeSpan MaxLiveCommit { get; set; } = TimeSpan.FromMilliseconds(500);

    public void Check(SettingErrors errors)
    {
        errors.Range(nameof(MaxBytes), MaxBytes, 1L << 20, 1L << 40);
        errors.Range(nameof(MaxAge), MaxAge, TimeSpan.FromMinutes(1), TimeSpan.FromDays(400));
        errors.Range(nameof(Patience), Patience, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1));
        errors.Range(nameof(MaxLiveCommit), MaxLiveCommit, TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(1));
    }
}
