using System.Collections.Immutable;
using Maestro.Telemetry.Fabric;

namespace Maestro.Telemetry.Gaia;

/// <summary>What is deployed and how the pending topology differs from it, as one Orchestrator has it.</summary>
internal sealed record TopologyView(Topology Deployed, ImmutableArray<PendingChange> Pending);
