namespace Maestro.Telemetry.Benchmarks.Ingest;

/// <summary>How the way from gRPC to the store is measured.</summary>
internal sealed record IngestSettings
{
    /// <summary>A second of each case: shows that it runs.</summary>
    public static IngestSettings Smoke { get; } = new() { Streams = [1, 8], Seconds = 1, BatchRows = 100 };

    /// <summary>The cases: how many SGMs stream at once.</summary>
    public IReadOnlyList<int> Streams { get; init; } = [1, 8, 100];

    /// <summary>Seconds that each case is measured for, after its warm-up.</summary>
    public int Seconds { get; init; } = 5;

    public int BatchRows { get; init; } = 500;

    public bool Json { get; init; }

    public TimeSpan Measured => TimeSpan.FromSeconds(Seconds);

    public TimeSpan WarmUp => TimeSpan.FromSeconds(Math.Min(Seconds, 3));
}
