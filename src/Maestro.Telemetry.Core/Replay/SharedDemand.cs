namespace Maestro.Telemetry.Replay;

/// <summary>What a group needs of a site that it shares.</summary>
/// <param name="Units">Units needed at each sample; 0 where unknown, which anything satisfies.</param>
/// <param name="Priority">Which groups are served first: the lowest number.</param>
/// <param name="Least">Units that it has at least; 1 or more.</param>
/// <param name="Most">Units that it has at most.</param>
public sealed record SharedDemand(ReadOnlyMemory<int> Units, int Priority, int Least, int Most);
