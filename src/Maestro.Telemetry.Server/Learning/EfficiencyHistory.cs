using System.Collections.Immutable;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Scaling.Learning;
using Maestro.Telemetry.Series;
using Maestro.Telemetry.Server.Configuration;
using Maestro.Telemetry.Server.Fabrics;

namespace Maestro.Telemetry.Server.Learning;

/// <summary>
/// What SGMs of larger groups are worth, by the store's roll-ups of four weeks, of the groups that ask for it. After a
/// start one hour is read in each cycle, the newest first, so that no cycle takes long. Safe for concurrent use.
/// </summary>
internal sealed partial class EfficiencyHistory(
    ITelemetryStore store, FabricState fabric, IOptions<FabricOptions> options, ILogger<EfficiencyHistory> logger)
    : IDisposable
{
    private const int Hours = 28 * 24;
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    // What agents send a little late is in by then.
    private static readonly TimeSpan Settles = TimeSpan.FromMinutes(15);

    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly Dictionary<DateTimeOffset, List<(SecurityGroupId Group, EfficiencySample Sample)>> _hours = [];
    private volatile ImmutableSortedDictionary<SecurityGroupId, EfficiencyCurve> _known =
        ImmutableSortedDictionary<SecurityGroupId, EfficiencyCurve>.Empty;

    public void Dispose() => _one.Dispose();

    /// <summary>What is known after one more hour was read; without an entry for groups that lose nothing.</summary>
    public async Task<ImmutableSortedDictionary<SecurityGroupId, EfficiencyCurve>> ReadAsync(
        DateTimeOffset now, CancellationToken cancellationToken)
    {
        var asked = options.Value.Groups.Where(g => g.LearnEfficiency).Select(g => new SecurityGroupId(g.Id)).ToList();

        // Who comes while another reads takes what is known.
        if (asked.Count == 0 || !await _one.WaitAsync(TimeSpan.Zero, cancellationToken))
        {
            return _known;
        }

        try
        {
            await ReadNextAsync(asked, now, cancellationToken);
        }
        finally
        {
            _one.Release();
        }

        return _known;
    }

    private async Task ReadNextAsync(List<SecurityGroupId> asked, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var end = new DateTimeOffset((now - Settles).UtcTicks / Hour.Ticks * Hour.Ticks, TimeSpan.Zero);
        var wanted = Enumerable.Range(1, Hours).Select(i => end - (i * Hour)).ToList();
        var next = wanted.Find(h => !_hours.ContainsKey(h));
        if (next == default)
        {
            return;
        }

        await ReadHourAsync(next, cancellationToken);
        foreach (var old in _hours.Keys.Where(h => h < wanted[^1] || h >= end).ToList())
        {
            _hours.Remove(old);
        }

        _known = asked
            .Select(g => KeyValuePair.Create(g, EfficiencyLearner.Learn(SamplesOf(g))))
            .Where(g => !g.Value.IsIdeal)
            .ToImmutableSortedDictionary();
    }

    private IEnumerable<EfficiencySample> SamplesOf(SecurityGroupId group) =>
        _hours.Values.SelectMany(h => h).Where(s => s.Group == group).Select(s => s.Sample);

    private async Task ReadHourAsync(DateTimeOffset from, CancellationToken cancellationToken)
    {
        var hour = new EfficiencyHour(serial => fabric.Current.Find(serial)?.Model.Weight ?? 1);
        try
        {
            var query = DemandSeries.Query(from, from + Hour);
            await foreach (var row in store.ReadRollupsAsync(query, cancellationToken))
            {
                hour.Add(DemandSeries.FromRollup(row));
            }

            _hours[from] = [.. hour.Samples()];
        }
        catch (StoreUnavailableException e)
        {
            // The next cycle reads it; a plan needs no better knowledge than that of the last one.
            LogUnread(from, e.Message);
        }
    }

    [LoggerMessage(1410, LogLevel.Warning, "The hour from {From} was not read to learn what SGMs are worth: {Problem}")]
    private partial void LogUnread(DateTimeOffset from, string problem);
}
