using FsCheck;
using FsCheck.Fluent;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.IntegrationTests.Storage;

/// <summary>
/// A law: what a write comes to is what one would say row by row, and the roll-ups are those that one would compute from
/// the raw rows that are stored, also when the process ends without a word between two writes.
/// </summary>
public abstract class RollupLaw
{
    private static readonly MetricId[] Metrics = Enum.GetValues<MetricId>();

    /// <summary>Opens a new store with nothing in it.</summary>
    protected abstract ITelemetryStore OpenNew();

    /// <summary>Opens a store again whose process has ended.</summary>
    protected abstract ValueTask<ITelemetryStore> OpenAgainAsync(ITelemetryStore ended);

    [Fact]
    public void Rollups_AreThoseOfTheStoredRows()
    {
        // Few SGMs, groups and seconds: duplicates, late rows and moves are the rule and not the exception. Whole values
        // make sums exact whatever their order.
        var row = from second in Gen.Choose(0, 250)
                  from value in Gen.Choose(-50, 50)
                  select (second, value);
        var batch = from serial in Gen.Choose(1, 3)
                    from grp in Gen.Choose(0, 2)
                    from metrics in Gen.Choose(1, (1 << Metrics.Length) - 1)
                    from rows in row.ArrayOf()
                    select Batch(serial, grp, metrics, rows);

        // Each case makes and fills a store on disk.
        Prop.ForAll(Arb.From(batch.ArrayOf().ArrayOf()), CheckAsync)
            .Check(Trials.Of(60));
    }

    private static SampleBatch Batch(int serial, int group, int metricBits, (int Second, int Value)[] rows)
    {
        var metrics = Metrics.Where((_, i) => (metricBits & (1 << i)) != 0).ToArray();
        var start = Batches.Noon.ToUnixTimeMilliseconds();
        return new SampleBatch
        {
            Serial = new GatewaySerial($"S{serial}"),
            Group = group == 0 ? null : new SecurityGroupId(group),
            Metrics = metrics,
            TimestampsMs = rows.Select(r => start + (r.Second * 1000L)).ToArray(),
            Values = rows.SelectMany(r => metrics.Select(m => (double)(r.Value * (int)m))).ToArray(),
        };
    }

    private async Task CheckAsync(SampleBatch[][] writes)
    {
        var store = OpenNew();
        var model = new Dictionary<(GatewaySerial, long), HashSet<MetricId>>();
        var stored = 0L;
        foreach (var write in writes)
        {
            var expected = Expect(model, write);
            Assert.Equal(expected, await store.WriteAsync(write, CancellationToken.None));
            stored += expected.Stored;
            if (write.Length % 3 == 2)
            {
                store = await OpenAgainAsync(store);
            }
        }

        await using (store)
        {
            Assert.Equal(stored, await StoreConsistency.CheckAsync(store, Batches.Noon, Batches.Noon.AddMinutes(5)));
        }
    }

    /// <summary>What a write comes to, row by row.</summary>
    private static StoreResult Expect(Dictionary<(GatewaySerial, long), HashSet<MetricId>> model, SampleBatch[] write)
    {
        var (stored, merged, duplicates) = (0L, 0L, 0L);
        foreach (var batch in write)
        {
            foreach (var time in batch.TimestampsMs.ToArray())
            {
                if (model.TryAdd((batch.Serial, time), [.. batch.Metrics]))
                {
                    stored++;
                    continue;
                }

                var known = model[(batch.Serial, time)];
                var before = known.Count;
                known.UnionWith(batch.Metrics);
                merged += known.Count > before ? 1 : 0;
                duplicates += known.Count > before ? 0 : 1;
            }
        }

        return new StoreResult(stored, merged, duplicates);
    }
}
