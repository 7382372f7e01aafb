namespace Maestro.Telemetry.Simulator.Hosting;

/// <summary>What a simulation has done so far.</summary>
public sealed record SimulationCounters
{
    /// <summary>SGMs that stream.</summary>
    public required int Agents { get; init; }

    /// <summary>Rows that their agents took, history included.</summary>
    public required long Enqueued { get; init; }

    /// <summary>Rows that the collector has acknowledged.</summary>
    public required long Acknowledged { get; init; }

    /// <summary>Rows that the collector refused.</summary>
    public required long RefusedByCollector { get; init; }

    /// <summary>Rows that did not fit into an agent's outbox.</summary>
    public required long RefusedByOutbox { get; init; }

    /// <summary>Streams that were opened after an agent's first.</summary>
    public required long Reconnects { get; init; }

    /// <summary>Requests to the Orchestrators.</summary>
    public required long OrchestratorRequests { get; init; }

    /// <summary>SGMs that became ACTIVE in a group.</summary>
    public required int Joined { get; init; }

    /// <summary>SGMs that were taken out of a group, moves included.</summary>
    public required int Removed { get; init; }

    /// <summary>Rules of the fabric that were seen broken.</summary>
    public required int Breaches { get; init; }
}
