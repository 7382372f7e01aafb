namespace Maestro.Telemetry.Benchmarks.Peers;

/// <summary>What one collector came to.</summary>
/// <param name="Name">What it is called on the command line.</param>
/// <param name="How">What was sent to it and where that was kept.</param>
/// <param name="Values">Values acknowledged at full load.</param>
/// <param name="ValuesPerSecond">Of them, per second.</param>
/// <param name="CpuSecondsPerMillionValues">CPU time of its process until the last of them was acknowledged.</param>
/// <param name="SettledCpuSecondsPerMillionValues">The same, with what it did afterwards with them.</param>
/// <param name="BehindCpuSecondsPerMillionValues">That of the server behind it, settled; null when there is none.</param>
/// <param name="FullLoadP50Ms">Half of the requests at full load were acknowledged within this, milliseconds.</param>
/// <param name="FullLoadP99Ms">99 of 100 were.</param>
/// <param name="BytesPerValue">Bytes on disk per value, once it was quiet.</param>
/// <param name="PacedRowsPerSecond">Rows per second that were acknowledged at a pace.</param>
/// <param name="PacedCores">Cores that its process kept busy meanwhile, on average.</param>
/// <param name="AckP50Ms">Half of what was sent at a pace was acknowledged within this of the time it was due.</param>
/// <param name="AckP99Ms">99 of 100 were.</param>
/// <param name="PeakMemoryMb">The most memory that it had resident up to then, MiB.</param>
/// <param name="SentValues">All values sent to it.</param>
/// <param name="StoredValues">Values in its store at the end.</param>
/// <param name="Streams">Its memory with open streams; empty when that was not measured.</param>
internal sealed record PeerResult(
    string Name,
    string How,
    long Values,
    double ValuesPerSecond,
    double CpuSecondsPerMillionValues,
    double SettledCpuSecondsPerMillionValues,
    double? BehindCpuSecondsPerMillionValues,
    double FullLoadP50Ms,
    double FullLoadP99Ms,
    double BytesPerValue,
    double PacedRowsPerSecond,
    double PacedCores,
    double AckP50Ms,
    double AckP99Ms,
    double PeakMemoryMb,
    long SentValues,
    long StoredValues,
    IReadOnlyList<StreamsMemory> Streams)
{
    /// <summary>Settled CPU time against the baseline's; null when that was not measured.</summary>
    public double? CpuAgainstBaseline { get; init; }

    /// <summary>Values per second against the baseline's.</summary>
    public double? SpeedAgainstBaseline { get; init; }
}
