using Maestro.Telemetry.Storage.Sqlite;

namespace Maestro.Telemetry.Storage.Influx;

/// <summary>Reads the stored rows of minutes that are not in hand.</summary>
internal sealed class MinuteLoader(InfluxClient client, InfluxStoreOptions options, MinuteBook book)
{
    // One query for what lies close together, and not so many serials in it that its text becomes long.
    private const int LongestGapMinutes = 10;
    private const int SerialsPerQuery = 200;

    /// <summary>Brings minutes into the book. Their roll-ups are to be stored anew.</summary>
    /// <exception cref="Ports.StoreUnavailableException">The server does not answer.</exception>
    public async Task LoadAsync(
        IReadOnlyCollection<(SgmState Sgm, long Minute)> wanted, long nowTicks, CancellationToken cancellationToken)
    {
        if (wanted.Count == 0)
        {
            return;
        }

        var ordered = wanted.OrderBy(w => w.Minute).ToList();
        for (var start = 0; start < ordered.Count;)
        {
            var end = start + 1;
            while (end < ordered.Count && ordered[end].Minute - ordered[end - 1].Minute <= LongestGapMinutes)
            {
                end++;
            }

            foreach (var part in ordered[start..end].GroupBy(w => w.Sgm).Chunk(SerialsPerQuery))
            {
                await LoadPartAsync([.. part.SelectMany(g => g)], nowTicks, cancellationToken);
            }

            start = end;
        }
    }

    private async Task LoadPartAsync(
        List<(SgmState Sgm, long Minute)> wanted, long nowTicks, CancellationToken cancellationToken)
    {
        var loaded = new Dictionary<(SgmState, long), MinuteState>(wanted.Count);
        foreach (var (sgm, minute) in wanted)
        {
            loaded[(sgm, minute)] = new MinuteState(sgm, minute)
            {
                LastTouched = nowTicks,
                WasRolledUp = true,
            };
        }

        var serials = string.Join(" OR ", wanted
            .Select(w => TagText.Encode(w.Sgm.Serial.Value))
            .Distinct()
            .Select(s => $"{InfluxQl.Name(Measurements.Serial)} = {InfluxQl.Text(s)}"));
        var range = InfluxQl.Between(
            wanted.Min(w => w.Minute) * RollupKey.MsPerMinute, (wanted.Max(w => w.Minute) + 1) * RollupKey.MsPerMinute);
        await using (var rows = await client.QueryAsync(
            $"SELECT * FROM {options.Samples} WHERE {range} AND ({serials})", "ms", cancellationToken))
        {
            SampleColumns? columns = null;
            while (await rows.ReadAsync(cancellationToken))
            {
                columns = SampleColumns.Of(rows.Series, columns);
                Take(rows, columns, loaded);
            }
        }

        foreach (var minute in loaded.Values)
        {
            if (book.Find(minute.Sgm, minute.Minute) is { } before)
            {
                book.Forget(before);
            }

            minute.IsDirty = minute.Count > 0;
            book.Add(minute);
        }
    }

    private void Take(InfluxRows rows, SampleColumns columns, Dictionary<(SgmState, long), MinuteState> loaded)
    {
        var time = rows[0].Integer;
        var sgm = book.Sgm(columns.Serial(rows));
        if (!loaded.TryGetValue((sgm, time / RollupKey.MsPerMinute), out var minute))
        {
            return;
        }

        if (minute.Find(time) >= 0)
        {
            // Two series have the key: another writer's doing. The one that came first counts.
            return;
        }

        minute.Add(time, sgm.TagsOf(columns.Group(rows), columns.Site(rows)));
        for (var i = 0; i < MetricColumns.Count; i++)
        {
            if (columns.Metric(rows, i) is var value && !double.IsNaN(value))
            {
                minute.Set(minute.Count - 1, i, value);
            }
        }

        if (columns.Cores(rows) is { Length: > 0 } cores)
        {
            minute.AddCores(minute.Count - 1, [.. cores.Select(c => c.Key)]);
        }
    }
}
