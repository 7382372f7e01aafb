using System.Runtime.CompilerServices;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Forecasts;
using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Tests.Service;

/// <summary>A store in memory that fails as a test tells it to.</summary>
internal sealed class FakeStore : ITelemetryStore
{
    private readonly HashSet<(GatewaySerial, long)> _keys = [];

    public List<SampleBatch> Batches { get; } = [];

    public List<DemandForecast> Forecasts { get; } = [];

    public List<RollupRow> Rollups { get; } = [];

    /// <summary>Writes that fail before one succeeds.</summary>
    public int Failures { get; set; }

    /// <summary>Batches of this SGM break the store's promises.</summary>
    public string? Malformed { get; set; }

    /// <summary>The first row of each batch of this SGM is never taken.</summary>
    public string? Refused { get; set; }

    /// <summary>Told before each write.</summary>
    public Action OnWrite { get; set; } = () => { };

    /// <summary>The next reading of roll-ups breaks off after so many rows; null when it does not.</summary>
    public int? BreaksOffAfter { get; set; }

    /// <summary>Readings of roll-ups so far.</summary>
    public List<RollupQuery> Queries { get; } = [];

    public int Rows => _keys.Count;

    public ValueTask<StoreResult> WriteAsync(IReadOnlyList<SampleBatch> batches, CancellationToken cancellationToken)
    {
        OnWrite();
        if (Failures > 0)
        {
            Failures--;
            throw new StoreUnavailableException("The disk is full.");
        }

        if (batches.Any(b => b.Serial.Value == Malformed))
        {
            throw new ArgumentException("A core number is negative.");
        }

        var (stored, refused) = (0, 0);
        foreach (var batch in batches)
        {
            var lost = batch.Serial.Value == Refused ? 1 : 0;
            Batches.Add(batch);
            stored += batch.TimestampsMs.ToArray().Skip(lost).Count(time => _keys.Add((batch.Serial, time)));
            refused += lost;
        }

        if (refused > 0)
        {
            throw new RefusedRows(refused);
        }

        return new(new StoreResult(stored, 0, batches.Sum(b => b.Rows) - stored));
    }

    public ValueTask<IReadOnlyList<LatestSample>> GetLatestAsync(
        DateTimeOffset since, CancellationToken cancellationToken) => new([]);

    public async IAsyncEnumerable<RollupRow> ReadRollupsAsync(
        RollupQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield();
        Queries.Add(query);
        var left = BreaksOffAfter ?? int.MaxValue;
        foreach (var row in Rollups.Where(r => r.Minute >= query.From && r.Minute < query.To).OrderBy(r => r.Minute))
        {
            if (left-- == 0)
            {
                BreaksOffAfter = null;
                throw new StoreUnavailableException("The disk is gone.");
            }

            yield return row;
        }
    }

    public async IAsyncEnumerable<RawSample> ReadSamplesAsync(
        GatewaySerial serial,
        DateTimeOffset from,
        DateTimeOffset to,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield();
        yield break;
    }

    public ValueTask AppendForecastAsync(DemandForecast forecast, CancellationToken cancellationToken)
    {
        if (Failures > 0)
        {
            Failures--;
            throw new StoreUnavailableException("The disk is full.");
        }

        Forecasts.Add(forecast);
        return ValueTask.CompletedTask;
    }

    public ValueTask<DemandForecast?> GetForecastAsync(
        SecurityGroupId group, Resource resource, DateTimeOffset at, CancellationToken cancellationToken) => new((DemandForecast?)null);

    public ValueTask<RetentionResult> ApplyRetentionAsync(
        RetentionPolicy policy, DateTimeOffset now, CancellationToken cancellationToken) => new(default(RetentionResult));

    public ValueTask<StoreStatistics> GetStatisticsAsync(CancellationToken cancellationToken) =>
        new(new StoreStatistics(Rows, 0, 0, 0));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private sealed class RefusedRows(int rows) : RowsRefusedException("A value is of another type.", rows);
}
