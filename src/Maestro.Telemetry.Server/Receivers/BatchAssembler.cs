using Maestro.Telemetry.Protocol.V1;
using Maestro.Telemetry.Series;
using Maestro.Telemetry.Server.Configuration;
using Maestro.Telemetry.Server.Ingest;
using Maestro.Telemetry.Server.Receivers.Clocks;
using Gateway = Maestro.Telemetry.Fabric.Gateway;
using Reason = Maestro.Telemetry.Series.RefusalReason;

namespace Maestro.Telemetry.Server.Receivers;

/// <summary>Turns a batch from the wire into samples for the store, and says which rows are refused and why.</summary>
internal sealed class BatchAssembler(
    StreamAdmission admission,
    SenderClocks clocks,
    RowCounters counters,
    IOptions<IngestOptions> options,
    TimeProvider time)
{
    public AssembledBatch Assemble(SenderProfile sender, ReceivedBatch batch)
    {
        var rows = batch.TimestampsMs.Length;
        var (gateway, refusal) = admission.Locate(sender);
        if (gateway is null || refusal is not null)
        {
            return RefuseAll(batch, rows, refusal!.Value.Reason, refusal.Value.Sentence);
        }

        if (batch.SentMs != 0 || rows > 0)
        {
            // Also of rows that are refused below: it may be the clock that is wrong with them.
            var isSendTime = batch.SentMs != 0;
            clocks.Observe(
                gateway.Serial, sender.Agent, isSendTime ? batch.SentMs : batch.TimestampsMs.Max(), isSendTime);
        }

        if (rows > options.Value.MaxBatchRows)
        {
            return RefuseAll(batch, rows, Reason.Oversized,
                $"The batch has {rows} rows; send at most {options.Value.MaxBatchRows} in one.");
        }

        var width = sender.Columns.Width;
        if (batch.Values.Length != (long)rows * width)
        {
            return RefuseAll(batch, rows, Reason.Shape,
                $"values has {batch.Values.Length} numbers; {rows} timestamps times {width} columns need {(long)rows * width}.");
        }

        return rows == 0 || sender.Columns.Known.Length == 0
            ? new AssembledBatch(null, [])
            : Check(sender, batch, gateway);
    }

    /// <summary>Counts as refused what was accepted but cannot be queued.</summary>
    public void TakeBack(AssembledBatch assembled)
    {
        Withdraw(assembled);
        counters.CountRefused(assembled.Batch?.Rows ?? 0, "QueueFull");
    }

    /// <summary>Counts as never received what was accepted and then lost with its stream: it comes again.</summary>
    public void Withdraw(AssembledBatch assembled) => counters.CountWithdrawn(assembled.Batch?.Rows ?? 0);

    private AssembledBatch Check(SenderProfile sender, ReceivedBatch batch, Gateway gateway)
    {
        var columns = sender.Columns;
        var (times, values) = (batch.TimestampsMs, batch.Values);
        var refused = default(RefusalList);
        var known = columns.Unknown.Length == 0 ? values : Gather(values, times.Length, columns.Width, columns.Known);
        sender.Rules.Check(times, known, time.GetUtcNow().ToUnixTimeMilliseconds(), ref refused);
        var samples = Select(gateway, columns, times, values, refused);
        counters.CountAccepted(samples?.Rows ?? 0);
        return new AssembledBatch(samples, refused.IsEmpty ? [] : Tell(batch.Sequence, refused));
    }

    private List<Refusal> Tell(ulong sequence, RefusalList refused)
    {
        var refusals = new List<Refusal>();
        foreach (var (reason, rows, sentence) in refused.ByReason())
        {
            counters.CountRefused(rows.Count, reason.ToString());
            var refusal = Refusal(sequence, reason, sentence);
            refusal.Rows.AddRange(rows.Select(row => (uint)row));
            refusals.Add(refusal);
        }

        return refusals;
    }

    /// <summary>The rows that were not refused, split into metrics and cores. Null when none is left.</summary>
    private static SampleBatch? Select(
        Gateway gateway, ColumnMap columns, long[] times, double[] values, RefusalList refused)
    {
        var kept = times.Length - refused.Count;
        if (kept == 0)
        {
            return null;
        }

        if (refused.IsEmpty && columns.IsMetricsOnly)
        {
            return Samples(gateway, columns, times, values, default);
        }

        if (!refused.IsEmpty)
        {
            (times, values) = Keep(times, values, columns.Width, refused, kept);
        }

        return Samples(
            gateway,
            columns,
            times,
            Gather(values, kept, columns.Width, columns.MetricColumns),
            Gather(values, kept, columns.Width, columns.CoreColumns));
    }

    private static (long[] Times, double[] Values) Keep(
        long[] times, double[] values, int width, RefusalList refused, int kept)
    {
        var keptTimes = new long[kept];
        var keptValues = new double[kept * width];
        for (int row = 0, to = 0; row < times.Length; row++)
        {
            if (!refused.IsRefused(row))
            {
                keptTimes[to] = times[row];
                values.AsSpan(row * width, width).CopyTo(keptValues.AsSpan(to * width));
                to++;
            }
        }

        return (keptTimes, keptValues);
    }

    /// <summary>The matrix with only these columns.</summary>
    private static double[] Gather(double[] values, int rows, int width, int[] columns)
    {
        var gathered = new double[rows * columns.Length];
        for (int row = 0, to = 0; row < rows; row++)
        {
            foreach (var column in columns)
            {
                gathered[to++] = values[(row * width) + column];
            }
        }

        return gathered;
    }

    private static SampleBatch Samples(
        Gateway gateway, ColumnMap columns, long[] times, double[] metrics, ReadOnlyMemory<double> cores) => new()
        {
            Serial = gateway.Serial,
            Group = gateway.Group,
            Metrics = columns.Metrics,
            Cores = columns.Cores,
            TimestampsMs = times,
            Values = metrics,
            CoreValues = cores,
        };

    private AssembledBatch RefuseAll(ReceivedBatch batch, int rows, Reason reason, string sentence)
    {
        counters.CountRefused(rows, reason.ToString());
        return new AssembledBatch(null, [Refusal(batch.Sequence, reason, sentence)]);
    }

    private static Refusal Refusal(ulong sequence, Reason reason, string sentence) => new()
    {
        Sequence = sequence,
        Reason = (Protocol.V1.RefusalReason)(int)reason,
        Message = sentence,
    };
}
