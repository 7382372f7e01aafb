namespace Maestro.Telemetry.Benchmarks.Stores;

/// <summary>What the reads are timed with.</summary>
internal sealed record ReadSettings
{
    /// <summary>An InfluxDB that runs; null for SQLite alone.</summary>
    public Uri? Influx { get; init; }

    /// <summary>How often each read is timed.</summary>
    public int Runs { get; init; } = 100;

    public int Sgms { get; init; } = 50;

    /// <summary>Days of samples, 10 s apart.</summary>
    public int Days { get; init; } = 1;

    public bool Json { get; init; }
}
