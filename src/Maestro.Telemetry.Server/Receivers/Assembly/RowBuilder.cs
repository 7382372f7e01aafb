using System.Collections.Concurrent;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Series;
using Maestro.Telemetry.Server.Receivers.Skyline;

namespace Maestro.Telemetry.Server.Receivers.Assembly;

/// <summary>Makes columns of the points that a row has.</summary>
internal static class RowBuilder
{
    private const int Targets = 16;
    private const int Cores = (int)MetricTarget.CpuCoreBusyPercent;

    // Rows with the same metrics have the same list of them, so that it shows at once that they go together.
    private static readonly ConcurrentDictionary<int, MetricId[]> MetricSets = [];

    /// <summary>Whether the row has all that is expected, and nothing whose companions nobody knows yet.</summary>
    public static bool IsComplete(OpenRow row)
    {
        foreach (var slot in row.Sgm.Slots)
        {
            if (row.Has(slot) != row.Sgm.IsExpected(slot))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// What of the row can be written and is not yet, marked as written from now on; null when there is nothing.
    /// </summary>
    /// <param name="row">The row.</param>
    /// <param name="group">The group that the SGM is in.</param>
    /// <param name="isClosing">True writes sums and means that lack parts too.</param>
    public static SampleBatch? Build(OpenRow row, SecurityGroupId? group, bool isClosing)
    {
        Span<TargetSum> sums = stackalloc TargetSum[Targets];
        Sum(row, sums);
        Span<double> values = stackalloc double[Targets];
        var (count, targets) = (0, 0);
        for (var target = 1; target < Targets; target++)
        {
            if (!row.IsWritten(target) && sums[target].Value(isClosing) is { } value && IsAllowed((MetricId)target, value))
            {
                row.MarkWritten(target);
                targets |= 1 << target;
                values[count++] = value;
            }
        }

        var (cores, busy) = TakeCores(row);
        return count + busy.Length == 0 ? null : new SampleBatch
        {
            Serial = row.Sgm.Serial,
            Group = group,
            Metrics = MetricSets.GetOrAdd(targets, ListOf),
            Cores = cores,
            TimestampsMs = new[] { row.TimeMs },
            Values = values[..count].ToArray(),
            CoreValues = busy,
        };
    }

    /// <summary>Whether points of the row wait for others.</summary>
    public static bool HoldsBack(OpenRow row)
    {
        Span<TargetSum> sums = stackalloc TargetSum[Targets];
        Sum(row, sums);
        for (var target = 1; target < Targets; target++)
        {
            if (Waits(row, sums, (MetricTarget)target))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The points of the row that wait for others; empty when all of it is written.</summary>
    public static IReadOnlyList<HeldPart> HeldBack(OpenRow row)
    {
        Span<TargetSum> sums = stackalloc TargetSum[Targets];
        Sum(row, sums);
        var held = new List<HeldPart>();
        foreach (var slot in row.Sgm.Slots)
        {
            if (row.Has(slot) && Waits(row, sums, slot))
            {
                held.Add(new HeldPart(
                    row.Sgm.Serial, row.TimeMs, slot.Rule.Metric, slot.Rule.Target, slot.Core, slot.Part, row.ValueOf(slot)));
            }
        }

        return held;
    }

    private static (IReadOnlyList<CoreId> Cores, double[] Busy) TakeCores(OpenRow row)
    {
        var cores = new List<CoreId>();
        var busy = new List<double>();
        foreach (var slot in row.Sgm.Slots)
        {
            if (slot.Rule.Target == MetricTarget.CpuCoreBusyPercent && row.Has(slot) && !row.IsWritten(slot)
                && !cores.Exists(c => c.Number == slot.Core.Number))
            {
                row.MarkWritten(slot);
                cores.Add(slot.Core);
                busy.Add(row.ValueOf(slot));
            }
        }

        return (row.Sgm.OneListOf(cores), [.. busy]);
    }

    private static MetricId[] ListOf(int targets) =>
        [.. Enumerable.Range(1, Targets - 1).Where(target => (targets & (1 << target)) != 0).Select(target => (MetricId)target)];

    private static bool Waits(OpenRow row, ReadOnlySpan<TargetSum> sums, SeriesSlot slot) =>
        slot.Rule.Target == MetricTarget.CpuCoreBusyPercent
            ? Waits(row, sums, MetricTarget.CpuMeanPercent) || Waits(row, sums, MetricTarget.CpuBusiestCorePercent)
            : Waits(row, sums, slot.Rule.Target);

    private static bool Waits(OpenRow row, ReadOnlySpan<TargetSum> sums, MetricTarget target) =>
        !row.IsWritten((int)target) && !sums[(int)target].IsEmpty && sums[(int)target].Value(isClosing: false) is null;

    private static void Sum(OpenRow row, Span<TargetSum> sums)
    {
        sums.Clear();
        foreach (var slot in row.Sgm.Slots)
        {
            var (has, expected) = (row.Has(slot), row.Sgm.IsExpected(slot));
            if (has || expected)
            {
                sums[(int)slot.Rule.Target].Add(slot.Rule, has ? row.ValueOf(slot) : null, expected);
            }
        }

        // Mean and busiest follow from the cores, unless a sender measures them itself.
        var cores = sums[Cores];
        sums[Cores] = default;
        Derive(ref sums[(int)MetricTarget.CpuMeanPercent], cores, Combination.Mean);
        Derive(ref sums[(int)MetricTarget.CpuBusiestCorePercent], cores, Combination.Maximum);
    }

    private static void Derive(ref TargetSum sum, TargetSum cores, Combination how)
    {
        if (sum.IsEmpty)
        {
            sum = cores.CombinedBy(how);
        }
    }

    // A share above 100 %, for example, is no measurement whatever it was put together from.
    private static bool IsAllowed(MetricId metric, double value) =>
        double.IsFinite(value) && value >= 0 && value <= ColumnRule.For(metric).Maximum;
}
