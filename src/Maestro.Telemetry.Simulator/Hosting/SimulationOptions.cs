using Grpc.Net.Client;
using Maestro.Telemetry.Simulator.Load;
using Maestro.Telemetry.Simulator.Orchestrators;

namespace Maestro.Telemetry.Simulator.Hosting;

/// <summary>How a simulation is run; what is simulated is the scenario.</summary>
public sealed record SimulationOptions
{
    /// <summary>How the Orchestrators listen and whom they let in.</summary>
    public OrchestratorOptions Orchestrators { get; init; } = new();

    /// <summary>
    /// The ports of the Orchestrators by their ids, and of agentless groups as sg and their number, for example sg1; a
    /// free port for those that are not named.
    /// </summary>
    public IReadOnlyDictionary<string, int> Ports { get; init; } = new Dictionary<string, int>();

    /// <summary>The port on which faults are taken; 0 for a free one, null for none.</summary>
    public int? ControlPort { get; init; } = 0;

    /// <summary>Groups whose SGMs send nothing while they are in it; they can be asked at the group's own Gaia API.</summary>
    public IReadOnlySet<int> Agentless { get; init; } = new HashSet<int>();

    /// <summary>Simulated time from one reading of an SGM to the next.</summary>
    /// <value>The default is 10 seconds; above 0.</value>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Whether the SGMs stream the load of each core.</summary>
    public bool LiveCores { get; init; } = true;

    /// <summary>Whether the history has the load of each core. It is four times as long to load then.</summary>
    public bool HistoryCores { get; init; }

    /// <summary>How SGMs reach the collector: trust and credentials. By default plainly, and without saying who they are.</summary>
    public Func<Uri, GrpcChannel> Connect { get; init; } = GrpcChannel.ForAddress;

    /// <summary>Groups whose demand is a recorded one.</summary>
    public IReadOnlyDictionary<int, WorkTrace> Traces { get; init; } = new Dictionary<int, WorkTrace>();
}
