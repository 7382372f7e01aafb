using Maestro.Telemetry.Replay;

namespace Maestro.Telemetry.Cli.Replays;

/// <summary>A policy with its knob in one position.</summary>
/// <param name="Knob">The quantile, or the utilization steered towards.</param>
internal sealed record SweepPoint(string Group, string Policy, double Knob, ElasticityMetrics Metrics);
