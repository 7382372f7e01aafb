namespace Maestro.Telemetry.Gaia.Diagnostics;

/// <summary>What one member told.</summary>
public sealed record MemberReading
{
    /// <summary>When the processor's figures came, by our clock: the answer has no time of its own.</summary>
    public required DateTimeOffset Time { get; init; }

    public required CpuLoad Cpu { get; init; }

    /// <summary>From 0 to 100; null when it could not be read, for <see cref="MemoryProblem"/>.</summary>
    public double? MemoryUsedPercent { get; init; }

    /// <summary>Why there is no figure of the memory, in a sentence; null when there is one.</summary>
    public string? MemoryProblem { get; init; }
}
