using System.Collections.Immutable;

namespace Maestro.Telemetry.Replay;

/// <summary>What became of each group under one contestant.</summary>
/// <param name="Name">The contestant.</param>
/// <param name="Groups">In the order of the scenario.</param>
public sealed record ContestantTracks(string Name, ImmutableArray<GroupTrack> Groups);
