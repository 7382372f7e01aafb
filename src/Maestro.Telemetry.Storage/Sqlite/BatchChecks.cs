using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Storage.Sqlite;

/// <summary>
/// The promises of a <see cref="SampleBatch"/> without which rows would be mixed up. Values were validated before.
/// </summary>
internal static class BatchChecks
{
    /// <exception cref="ArgumentException">A promise is broken: a mistake of the caller, not of a sender.</exception>
    public static void ThrowIfMalformed(SampleBatch batch)
    {
        if (string.IsNullOrEmpty(batch.Serial.Value))
        {
            throw new ArgumentException("A batch has no serial.", nameof(batch));
        }

        if (batch.Values.Length != batch.Rows * batch.Metrics.Count
            || batch.CoreValues.Length != batch.Rows * batch.Cores.Count)
        {
            throw new ArgumentException(
                $"The batch of '{batch.Serial}' has {batch.Rows} rows of {batch.Metrics.Count} metrics and "
                + $"{batch.Cores.Count} cores, but {batch.Values.Length} values and {batch.CoreValues.Length} for cores.",
                nameof(batch));
        }

        if (batch.Group is { Value: < 1 or > RollupKey.MaxGroup })
        {
            throw new ArgumentException(
                $"The batch of '{batch.Serial}' has group {batch.Group}; groups are 1 to {RollupKey.MaxGroup}.",
                nameof(batch));
        }

        ThrowIfRepeated(batch);
        foreach (var time in batch.TimestampsMs.Span)
        {
            if (time is < 0 or > SampleKey.MaxTime)
            {
                throw new ArgumentException(
                    $"The batch of '{batch.Serial}' has the timestamp {time} ms; they are 0 to {SampleKey.MaxTime}.",
                    nameof(batch));
            }
        }
    }

    private static void ThrowIfRepeated(SampleBatch batch)
    {
        var seen = 0;
        for (var i = 0; i < batch.Metrics.Count; i++)
        {
            var bit = 1 << MetricColumns.IndexOf(batch.Metrics[i]);
            if ((seen & bit) != 0)
            {
                throw new ArgumentException(
                    $"The batch of '{batch.Serial}' has {batch.Metrics[i]} in two columns.", nameof(batch));
            }

            seen |= bit;
        }
    }
}
