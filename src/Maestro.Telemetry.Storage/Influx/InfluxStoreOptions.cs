using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Ports;

namespace Maestro.Telemetry.Storage.Influx;

/// <summary>Where the InfluxDB server is and how it is used.</summary>
public sealed record InfluxStoreOptions
{
    /// <summary>The server's address, for example http://127.0.0.1:8086.</summary>
    public required Uri Url { get; init; }

    /// <summary>The database; on 2.x the name that a bucket is mapped to.</summary>
    public string Database { get; init; } = "maestro";

    /// <summary>The retention policy that raw samples are in; empty for the database's default one.</summary>
    public string SamplesPolicy { get; init; } = "samples";

    /// <summary>The user; empty when the secret is a token.</summary>
    public string User { get; init; } = "";

    /// <summary>A file with the password or token; null for none. Read again when the server refuses it.</summary>
    public string? SecretFile { get; init; }

    /// <summary>An environment variable with the password or token; null for none.</summary>
    public string? SecretEnvironmentVariable { get; init; }

    /// <summary>How long what is stored is kept: the retention policies that are made on 1.x.</summary>
    public RetentionPolicy Retention { get; init; } = new(TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero);

    /// <summary>The tag fabric of every point; empty for none.</summary>
    public string Fabric { get; init; } = "";

    /// <summary>The tag site of an SGM's points; null for none.</summary>
    public Func<GatewaySerial, string?> SiteOf { get; init; } = _ => null;

    /// <summary>How long one request may take.</summary>
    /// <value>The default is 30 s.</value>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long nothing is sent after the server has refused the credentials.</summary>
    /// <value>The default is 10 s.</value>
    public TimeSpan HoldAfterRefusal { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The longest that nothing is sent because the server asks for it (Retry-After).</summary>
    /// <value>The default is 1 minute.</value>
    public TimeSpan LongestRetryAfter { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// For how long the server must have answered a write with 5xx before the points that it fails on are looked for.
    /// They are lost then, so that it is long: what mends itself has done so.
    /// </summary>
    /// <value>The default is 15 minutes.</value>
    public TimeSpan IsolateAfter { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How often minutes that nothing more comes to are looked for.</summary>
    /// <value>The default is 15 s.</value>
    public TimeSpan UpkeepInterval { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>After how long without a row a minute's roll-up is stored, and the minute forgotten.</summary>
    /// <value>The default is 90 s.</value>
    public TimeSpan QuietMinute { get; init; } = TimeSpan.FromSeconds(90);

    /// <summary>Points in one request.</summary>
    /// <value>The default is 5,000; from 1 to 10,000.</value>
    public int PointsPerRequest { get; init; } = 5_000;

    /// <summary>Requests under way at once.</summary>
    /// <value>The default is 2; from 1 to 16.</value>
    public int ParallelRequests { get; init; } = 2;

    /// <summary>Whether requests are compressed.</summary>
    /// <value>The default is null: unless the server is on this machine, where it would only cost both sides CPU.</value>
    public bool? Compress { get; init; }

    internal string Samples => SamplesPolicy.Length == 0
        ? Measurements.Samples
        : $"{InfluxQl.Name(SamplesPolicy)}.{Measurements.Samples}";

    internal void ThrowIfInvalid()
    {
        ArgumentNullException.ThrowIfNull(Url);
        ArgumentException.ThrowIfNullOrWhiteSpace(Database);
        ArgumentOutOfRangeException.ThrowIfLessThan(PointsPerRequest, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(PointsPerRequest, 10_000);
        ArgumentOutOfRangeException.ThrowIfLessThan(ParallelRequests, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ParallelRequests, 16);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(Timeout, TimeSpan.Zero);
    }
}
