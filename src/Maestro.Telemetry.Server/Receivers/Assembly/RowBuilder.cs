using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Series;
using Maestro.Telemetry.Server.Receivers.Skyline;

namespace Maestro.Telemetry.Server.Receivers.Assembly;

/// <summary>Makes columns of the points that a row has.</summary>
internal static class RowBuilder
{
    private const int Targets = 16;
    private const int Cores = (int)MetricTarget.CpuCoreBusyPercent;

    /// <summary>Whether the row has all that is expected, and nothing whose companions nobody knows yet.</summary>
    public static bool IsComplete(OpenRow row) => row.Sgm.Slots.All(slot => row.Has(slot) == row.Sgm.IsExpected(slot));

    /// <summary>
    /// What of the row can be written and is not yet, marked as written from now on; null when there is nothing.
    /// </summary>
    /// <param name="row">The row.</param>
    /// <param name="group">The group that the SGM is in.</param>
    /// <param name="isClosing">True writes sums and means that lack parts too.</param>
    public static SampleBatch? Build(OpenRow row, SecurityGroupId? group, bool isClosing)
    {
        var sums = Sum(row);
        var (metrics, values) = (new List<MetricId>(), new List<double>());
        var (cores, busy) = (new List<CoreId>(), new List<double>());
        for (var target = 1; target < Targets; target++)
        {
            if (!row.IsWritten(target) && sums[target].Value(isClosing) is { } value && IsAllowed((MetricId)target, value))
            {
                row.MarkWritten(target);
                metrics.Add((MetricId)target);
                values.Add(value);
            }
        }

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

        return metrics.Count + cores.Count == 0 ? null : new SampleBatch
        {
            Serial = row.Sgm.Serial,
            Group = group,
            Metrics = metrics,
            Cores = cores,
            TimestampsMs = new[] { row.TimeMs },
            Values = values.ToArray(),
            CoreValues = busy.ToArray(),
        };
    }

    /// <summary>The points of the row that wait for others; empty when all of it is written.</summary>
    public static List<HeldPart> HeldBack(OpenRow row)
    {
        var sums = Sum(row);
        return
        [
            .. row.Sgm.Slots.Where(slot => row.Has(slot) && TargetsOf(slot.Rule.Target).Any(t => Waits(row, sums, t)))
                .Select(slot => new HeldPart(
                    row.Sgm.Serial, row.TimeMs, slot.Rule.Metric, slot.Rule.Target, slot.Core, slot.Part, row.ValueOf(slot))),
        ];
    }

    private static bool Waits(OpenRow row, TargetSum[] sums, MetricTarget target) =>
        !row.IsWritten((int)target) && !sums[(int)target].IsEmpty && sums[(int)target].Value(isClosing: false) is null;

    private static MetricTarget[] TargetsOf(MetricTarget target) => target == MetricTarget.CpuCoreBusyPercent
        ? [MetricTarget.CpuMeanPercent, MetricTarget.CpuBusiestCorePercent]
        : [target];

    private static TargetSum[] Sum(OpenRow row)
    {
        var sums = new TargetSum[Targets];
        foreach (var slot in row.Sgm.Slots)
        {
            var target = (int)slot.Rule.Target;
            var (has, expected) = (row.Has(slot), row.Sgm.IsExpected(slot));
            if (has || expected)
            {
                sums[target].Add(slot.Rule, has ? row.ValueOf(slot) : null, expected);
            }
        }

        // Mean and busiest follow from the cores, unless a sender measures them itself.
        var cores = sums[Cores];
        sums[Cores] = default;
        Derive(ref sums[(int)MetricTarget.CpuMeanPercent], cores, Combination.Mean);
        Derive(ref sums[(int)MetricTarget.CpuBusiestCorePercent], cores, Combination.Maximum);
        return sums;
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
