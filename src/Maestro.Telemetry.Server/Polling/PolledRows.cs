using Maestro.Telemetry.Gaia.Diagnostics;
using Maestro.Telemetry.Protocol.V1;
using Maestro.Telemetry.Series;
using Maestro.Telemetry.Server.Configuration;
using Maestro.Telemetry.Server.Ingest;
using Maestro.Telemetry.Server.Receivers;

namespace Maestro.Telemetry.Server.Polling;

/// <summary>
/// Makes a row of a reading and hands it in as if an agent had sent it: held to the same rules, counted by the same
/// counters, refused with the same sentences.
/// </summary>
internal sealed class PolledRows(BatchAssembler assembler, IngestQueue queue, IOptions<IngestOptions> options)
{
    private static readonly long Second = TimeSpan.TicksPerSecond;

    /// <returns>What the row was refused for and the sentence; null when it was taken.</returns>
    public (string Reason, string Sentence)? HandIn(PolledMember member, MemberReading reading)
    {
        var profile = ProfileOf(member, reading);
        var time = new DateTimeOffset(reading.Time.UtcTicks / Second * Second, TimeSpan.Zero);
        var assembled = assembler.Assemble(
            profile, new ReceivedBatch(1, [time.ToUnixTimeMilliseconds()], ValuesOf(reading)));
        if (assembled.Refusals is [var refusal, ..])
        {
            return (((Series.RefusalReason)(int)refusal.Reason).ToString(), refusal.Message);
        }

        if (assembled.Batch is not { } batch)
        {
            return null;
        }

        if (!queue.TryEnqueue(new IngestItem(batch, static () => { })))
        {
            // A reading is of its moment: the next one says more than this one kept.
            assembler.TakeBack(assembled);
            return ("QueueFull", "The store takes no more samples now; see what else is wrong.");
        }

        member.LastRow = time;
        return null;
    }

    private SenderProfile ProfileOf(PolledMember member, MemberReading reading)
    {
        var cores = reading.Cpu.Cores;
        if (member.Profile is { } known
            && known.Serial == member.Gateway.Serial
            && known.Columns.Metrics.Contains(MetricId.MemoryUsedPercent) == reading.MemoryUsedPercent is not null
            && known.Columns.Cores.Select(c => c.Number).SequenceEqual(cores.Select(c => c.Number)))
        {
            return known;
        }

        var error = ColumnMap.TryCreate(ColumnsOf(reading), out var columns);
        return error is not null
            ? throw new InvalidOperationException(error)
            : member.Profile = new SenderProfile(
                "poller",
                member.Gateway.Serial,
                member.Gateway.Site.Value,
                columns,
                new SampleRules(columns.Rules(), options.Value.MaxSampleAge, options.Value.MaxSampleLead));
    }

    // In the order of ValuesOf.
    private static List<Column> ColumnsOf(MemberReading reading)
    {
        List<Column> columns = [new() { Metric = Metric.CpuMean }];
        if (reading.Cpu.BusiestPercent is not null)
        {
            columns.Add(new() { Metric = Metric.CpuBusiestCore });
        }

        if (reading.MemoryUsedPercent is not null)
        {
            columns.Add(new() { Metric = Metric.MemoryUsed });
        }

        columns.AddRange(reading.Cpu.Cores.Select(c => new Column { Metric = Metric.CpuCoreBusy, Core = (uint)c.Number }));
        return columns;
    }

    private static double[] ValuesOf(MemberReading reading)
    {
        List<double> values = [reading.Cpu.MeanPercent];
        if (reading.Cpu.BusiestPercent is { } busiest)
        {
            values.Add(busiest);
        }

        if (reading.MemoryUsedPercent is { } memory)
        {
            values.Add(memory);
        }

        values.AddRange(reading.Cpu.Cores.Select(c => c.BusyPercent));
        return [.. values];
    }
}
