namespace Maestro.Telemetry.Simulator.Faults;

/// <summary>A fault on command. Which fields count depends on the kind; the others are ignored.</summary>
public sealed record Fault
{
    public required FaultKind Kind { get; init; }

    /// <summary>For faults of replies and sessions: the Orchestrator that it hits; null for all.</summary>
    public string? Orchestrator { get; init; }

    /// <summary>For faults of replies: the only command that it hits; null for all.</summary>
    public string? Command { get; init; }

    /// <summary>For faults of replies: how many requests it hits; null until it ends or is cleared.</summary>
    public int? Count { get; init; }

    /// <summary>How long it lasts in simulated seconds; null until cleared. A flash crowd must have it.</summary>
    public double? Seconds { get; init; }

    /// <summary>For <see cref="FaultKind.Slow"/>: real seconds, because the client's patience is real.</summary>
    public double DelaySeconds { get; init; } = 5;

    /// <summary>The SGM that it is about.</summary>
    public string? Serial { get; init; }

    /// <summary>The Security Group that it is about; 0 is the pool.</summary>
    public int Group { get; init; }

    /// <summary>For <see cref="FaultKind.FlashCrowd"/>: the multiple of demand at its height.</summary>
    public double Factor { get; init; } = 2;

    internal bool IsOfReplies => Kind is FaultKind.Down or FaultKind.Slow or FaultKind.Error500 or FaultKind.Html503
        or FaultKind.Unauthorized or FaultKind.ApplyLost or FaultKind.ApplyFails;

    internal bool IsOfTelemetry => Kind is FaultKind.TelemetryGap or FaultKind.StuckValues;
}
