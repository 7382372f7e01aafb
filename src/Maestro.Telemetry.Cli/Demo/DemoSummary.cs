using System.Text.Json;
using Maestro.Telemetry.Protocol.V1;
using Maestro.Telemetry.Simulator.Hosting;

namespace Maestro.Telemetry.Cli.Demo;

/// <summary>What the demo came to.</summary>
internal sealed record DemoSummary
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public required SampleSummary Samples { get; init; }

    public required ulong Forecasts { get; init; }

    public required CommandSummary Commands { get; init; }

    /// <summary>Cap, minimum or double-membership violations that the simulated fabric's own observer saw.</summary>
    public required int Breaches { get; init; }

    public required LatencySummary ApplyLatencySeconds { get; init; }

    /// <summary>SGMs that became ACTIVE in a group, and that left one, as the fabric saw it.</summary>
    public required int Joined { get; init; }

    public required int Removed { get; init; }

    /// <summary>Simulated time that the loop ran for.</summary>
    public required double SimulatedHours { get; init; }

    /// <summary>Real time that loading the history took.</summary>
    public required double HistorySeconds { get; init; }

    public static DemoSummary Create(Status status, SimulationCounters simulation, TimeSpan simulated, TimeSpan history) => new()
    {
        Samples = new SampleSummary(status.Ingest.Accepted, status.Ingest.Refused, status.Ingest.Stored),
        Forecasts = status.Forecasts,
        Commands = new CommandSummary(
            status.Commands.Add, status.Commands.Remove, status.Commands.Move, status.Commands.Failed),
        Breaches = simulation.Breaches + (int)status.Breaches,
        ApplyLatencySeconds = new LatencySummary(
            Math.Round(status.ApplyLatencySeconds.P50, 4), Math.Round(status.ApplyLatencySeconds.P99, 4)),
        Joined = simulation.Joined,
        Removed = simulation.Removed,
        SimulatedHours = Math.Round(simulated.TotalHours, 2),
        HistorySeconds = Math.Round(history.TotalSeconds, 1),
    };

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    internal sealed record SampleSummary(ulong Accepted, ulong Refused, ulong Stored);

    internal sealed record CommandSummary(ulong Add, ulong Remove, ulong Move, ulong Failed);

    internal sealed record LatencySummary(double P50, double P99);
}
