using System.Collections.Concurrent;

namespace Maestro.Telemetry.Server.Polling;

/// <summary>What stands in the way of polling now, for those who ask how the service is.</summary>
internal sealed class PollBoard
{
    private readonly ConcurrentDictionary<int, IReadOnlyList<string>> _byGroup = new();

    /// <summary>In sentences, by group; empty when every target answers.</summary>
    public IEnumerable<string> Problems => _byGroup.OrderBy(p => p.Key).SelectMany(p => p.Value);

    public void Set(int group, IReadOnlyList<string> problems) => _byGroup[group] = problems;
}
