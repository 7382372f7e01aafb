using System.Collections.Frozen;
using Maestro.Telemetry.Server.Configuration;

namespace Maestro.Telemetry.Server.Receivers.Skyline;

/// <summary>The rules by metric: the configured ones, and the built-in ones of all other metrics.</summary>
internal sealed class MappingTable
{
    private readonly FrozenDictionary<string, MappingRule[]> _byMetric;

    public MappingTable(IOptions<ReceiverOptions> options)
    {
        var configured = options.Value.Rules.Select(rule => rule.ToRule()).ToList();
        var replaced = configured.Select(rule => rule.Metric).ToHashSet(StringComparer.Ordinal);
        _byMetric = SkylineRules.All.Where(rule => !replaced.Contains(rule.Metric))
            .Concat(configured)
            .GroupBy(rule => rule.Metric, StringComparer.Ordinal)
            .ToFrozenDictionary(rules => rules.Key, rules => rules.ToArray(), StringComparer.Ordinal);
    }

    /// <summary>The rules of a metric, in the order of the table; empty when it is not mapped.</summary>
    public IReadOnlyList<MappingRule> RulesOf(string metric) => _byMetric.GetValueOrDefault(metric) ?? [];
}
