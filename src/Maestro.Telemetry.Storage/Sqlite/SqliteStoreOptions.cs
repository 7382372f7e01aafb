using Maestro.Telemetry.Fabric;

namespace Maestro.Telemetry.Storage.Sqlite;

/// <summary>Where the embedded databases live and how long they wait.</summary>
public sealed class SqliteStoreOptions
{
    private const int PageBytes = 4096;

    /// <summary>
    /// The data directory, with telemetry.db, ledger.db and models.db in it. Created with mode 700 when it does not exist.
    /// </summary>
    /// <value>The default is data, below the working directory.</value>
    public string Directory { get; set; } = "data";

    /// <summary>How long a statement waits for another process that holds the file.</summary>
    /// <value>The default is 5 s; from 0 to 1 minute.</value>
    public TimeSpan BusyTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Bytes that the write-ahead log is cut to when it has grown longer. It is copied into the database each time a
    /// quarter of this was written.
    /// </summary>
    /// <value>The default is 64 MiB; from 1 MiB.</value>
    public long WalSizeLimit { get; set; } = 64L << 20;

    /// <summary>How often the store looks whether writing has paused, to empty the write-ahead log.</summary>
    /// <value>The default is 30 s; from 1 s.</value>
    public TimeSpan QuietCheck { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Rows deleted in one transaction when retention is applied.</summary>
    /// <value>The default is 10,000; from 1.</value>
    public int RetentionSlice { get; set; } = 10_000;

    /// <summary>The site of an SGM, kept with its serial for those who take the telemetry elsewhere; null when unknown.</summary>
    public Func<GatewaySerial, string?> SiteOf { get; set; } = static _ => null;

    /// <summary>
    /// Pages of the log after which it is copied into the database: a busy page is copied once for many commits.
    /// </summary>
    internal long CheckpointPages => WalSizeLimit / 4 / PageBytes;

    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    internal void ThrowIfInvalid()
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(Directory);
        Check(BusyTimeout >= TimeSpan.Zero && BusyTimeout <= TimeSpan.FromMinutes(1), nameof(BusyTimeout), BusyTimeout);
        Check(WalSizeLimit >= 1 << 20, nameof(WalSizeLimit), WalSizeLimit);
        Check(QuietCheck >= TimeSpan.FromSeconds(1), nameof(QuietCheck), QuietCheck);
        Check(RetentionSlice >= 1, nameof(RetentionSlice), RetentionSlice);
    }

    private static void Check(bool valid, string option, object value)
    {
        if (!valid)
        {
            throw new ArgumentOutOfRangeException(option, value, "The storage option is outside its range.");
        }
    }
}
