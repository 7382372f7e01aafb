using Maestro.Telemetry.Simulator.Fabric;

namespace Maestro.Telemetry.Simulator.Load;

/// <summary>
/// The past of a fabric, made in bulk: what its SGMs would have sent had they been deployed as they are now.
/// </summary>
internal static class History
{
    private const int RowsPerBlock = 500;

    /// <summary>The rows from <paramref name="from"/> up to but not including <paramref name="to"/>.</summary>
    /// <param name="cores">Whether the rows have the columns of the cores.</param>
    public static IEnumerable<HistoryBlock> Generate(
        FabricLoad load, FabricView view, DateTimeOffset from, DateTimeOffset to, TimeSpan step, bool cores)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(step, TimeSpan.FromMilliseconds(1));
        var total = Rows(from, to, step);
        var stepMs = (long)step.TotalMilliseconds;
        for (long first = 0; first < total; first += RowsPerBlock)
        {
            var startMs = from.ToUnixTimeMilliseconds() + (first * stepMs);
            var times = new long[Math.Min(RowsPerBlock, total - first)];
            for (var i = 0; i < times.Length; i++)
            {
                times[i] = startMs + (i * stepMs);
            }

            foreach (var group in view.Gateways.GroupBy(g => g.Group))
            {
                foreach (var block in Blocks(load, group.Key, [.. group], times, cores))
                {
                    yield return block;
                }
            }
        }
    }

    /// <summary>How many rows each SGM has from one time to another.</summary>
    public static long Rows(DateTimeOffset from, DateTimeOffset to, TimeSpan step) =>
        to <= from ? 0 : ((to - from).Ticks + step.Ticks - 1) / step.Ticks;

    private static IEnumerable<HistoryBlock> Blocks(
        FabricLoad load, int group, List<SimulatedGateway> gateways, long[] times, bool cores)
    {
        if (group == 0)
        {
            return gateways.Select(g => Idle(load.TraitsOf(g.Serial), g, times, cores));
        }

        var demands = times.Select(ms => load.DemandOf(group).At(ms / 1000.0)).ToArray();
        var traits = gateways.Select(g => load.TraitsOf(g.Serial)).ToArray();
        var weights = traits.Select(t => times.Select(ms => t.HashWeight(ms / 1000.0)).ToArray()).ToArray();
        var totals = times.Select((_, i) => weights.Sum(w => w[i])).ToArray();
        return gateways.Select((gateway, m) =>
        {
            var width = Width(traits[m], cores);
            var rows = new double[times.Length * width];
            for (var i = 0; i < times.Length; i++)
            {
                var row = rows.AsSpan(i * width, width);
                MemberRow.Fill(traits[m], demands[i], weights[m][i] / totals[i], times[i] / 1000.0, row);
            }

            return new HistoryBlock(gateway, times, rows);
        });
    }

    private static HistoryBlock Idle(MemberTraits traits, SimulatedGateway gateway, long[] times, bool cores)
    {
        var width = Width(traits, cores);
        var rows = new double[times.Length * width];
        for (var i = 0; i < times.Length; i++)
        {
            MemberRow.FillIdle(traits, SgmState.Unassigned, times[i] / 1000.0, rows.AsSpan(i * width, width));
        }

        return new(gateway, times, rows);
    }

    private static int Width(MemberTraits traits, bool cores) =>
        MemberColumns.FirstCore + (cores ? traits.Model.Cores : 0);
}
