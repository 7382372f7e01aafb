using System.Collections.Immutable;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Series;
using Maestro.Telemetry.Server.Fabrics;

namespace Maestro.Telemetry.Server.Forecasting;

/// <summary>
/// The peak of each hour of every group's demand, over a year: read from the store's roll-ups when somebody asks, day by
/// day, and kept. Of a day that is read, only its hours stay in memory.
/// </summary>
internal sealed class DemandHistory(ITelemetryStore store, FabricState fabric, TimeProvider time) : IDisposable
{
    private const int StepsPerHour = 12;
    private static readonly TimeSpan Longest = TimeSpan.FromDays(53 * 7);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(5);

    // An agent that was cut off brings a day of samples late.
    private static readonly TimeSpan LateBy = TimeSpan.FromDays(2);

    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly SortedDictionary<DateTimeOffset, DayOfDemand> _days = [];
    private UsedWeights _weights = new(fabric);

    public void Dispose() => _one.Dispose();

    /// <summary>All that is known, up to the last whole day, on one grid.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot be read now; the days that were read are kept.</exception>
    public async Task<ImmutableDictionary<(SecurityGroupId Group, Resource Resource), TimeSeries>> ReadAsync(
        CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            if (_weights.AreOutdated)
            {
                _weights = new UsedWeights(fabric, _weights);
                _days.Clear();
            }

            var now = time.GetUtcNow();
            var end = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero);
            foreach (var old in _days.Keys.Where(d => d < end - Longest || d >= end - LateBy).ToList())
            {
                _days.Remove(old);
            }

            for (var day = end - Longest; day < end; day += Day)
            {
                if (!_days.ContainsKey(day))
                {
                    _days[day] = await ReadDayAsync(day, cancellationToken);
                }
            }

            return Assemble(end);
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task<DayOfDemand> ReadDayAsync(DateTimeOffset day, CancellationToken cancellationToken)
    {
        var demand = new DemandAccumulator(_weights.Of, maxMinutes: 2 * 24 * 60);
        var query = DemandSeries.Query(day, day + Day);
        await foreach (var row in store.ReadRollupsAsync(query, cancellationToken))
        {
            demand.Add(DemandSeries.FromRollup(row));
        }

        demand.CloseBefore(day + Day);
        var hours = new DayOfDemand();
        foreach (var group in demand.Groups)
        {
            foreach (var resource in Enum.GetValues<Resource>())
            {
                if (demand.Series(group, resource, Step) is { } series)
                {
                    hours.Add((group, resource), Hours(series, day));
                }
            }
        }

        return hours;
    }

    // The largest of the hour's five-minute means, which is what the planner plans for; NaN when too few are known.
    private static double[] Hours(TimeSeries series, DateTimeOffset day)
    {
        var hours = new double[24];
        for (var hour = 0; hour < hours.Length; hour++)
        {
            var first = (int)Math.Round((day + (hour * Hour) - series.Start) / Step);
            var known = Enumerable.Range(first, StepsPerHour)
                .Where(i => i >= 0 && i < series.Count && double.IsFinite(series.Values.Span[i]))
                .Select(i => series.Values.Span[i])
                .ToList();
            hours[hour] = known.Count >= DemandSeries.NeededShare * StepsPerHour ? known.Max() : double.NaN;
        }

        return hours;
    }

    private ImmutableDictionary<(SecurityGroupId Group, Resource Resource), TimeSeries> Assemble(DateTimeOffset end)
    {
        var all = ImmutableDictionary.CreateBuilder<(SecurityGroupId, Resource), TimeSeries>();
        foreach (var key in _days.Values.SelectMany(d => d.Keys).Distinct().ToList())
        {
            var first = _days.First(d => d.Value.ContainsKey(key)).Key;
            var values = new double[(int)((end - first) / Hour)];
            Array.Fill(values, double.NaN);
            foreach (var (day, hours) in _days)
            {
                if (hours.TryGetValue(key, out var known))
                {
                    known.CopyTo(values, (int)((day - first) / Hour));
                }
            }

            all.Add(key, new TimeSeries(first, Hour, values));
        }

        return all.ToImmutable();
    }

    /// <summary>24 hours of each group and resource.</summary>
    private sealed class DayOfDemand : Dictionary<(SecurityGroupId Group, Resource Resource), double[]>;
}
