namespace Maestro.Telemetry.Replay;

/// <summary>
/// Intervals by drawing whole blocks of time again and again (Künsch 1989, "The jackknife and the bootstrap for general
/// stationary observations", https://doi.org/10.1214/aos/1176347265): weeks, or days when there are less than four weeks.
/// </summary>
/// <param name="seed">The same seed draws the same blocks.</param>
/// <param name="draws">How often to draw.</param>
public sealed class BlockBootstrap(ulong seed, int draws = 2_000)
{
    private const int FewestWeeks = 4;

    /// <summary>Intervals of the share of time under-provisioned, the cost against the oracle, and the moves.</summary>
    internal BootstrapIntervals Of(
        int[] demand,
        int[] serving,
        IReadOnlyList<int> oracle,
        IReadOnlyList<UnitChange> changes,
        int first,
        TimeSpan step)
    {
        var day = Math.Max(1, (int)Math.Round(TimeSpan.FromDays(1) / step));
        var count = demand.Length - first;
        var blockDays = count >= FewestWeeks * 7 * day ? 7 : 1;
        var size = blockDays * day;
        var blocks = new Block[(count + size - 1) / size];
        for (var i = 0; i < count; i++)
        {
            blocks[i / size].Take(demand[first + i], serving[first + i], oracle[i]);
        }

        foreach (var change in changes)
        {
            blocks[(change.Step - first) / size].Moves++;
        }

        return Draw(blocks, blockDays, step);
    }

    private BootstrapIntervals Draw(Block[] blocks, int blockDays, TimeSpan step)
    {
        var chance = new Chance(seed);
        var (under, cost, moves) = (new double[draws], new double[draws], new double[draws]);
        for (var draw = 0; draw < draws; draw++)
        {
            var sum = default(Block);
            for (var i = 0; i < blocks.Length; i++)
            {
                sum.Add(blocks[chance.Next(blocks.Length)]);
            }

            under[draw] = sum.Known == 0 ? 0 : 100.0 * sum.Under / sum.Known;
            cost[draw] = sum.Oracle == 0 ? 1 : sum.Supply / sum.Oracle;
            moves[draw] = sum.Moves / (sum.Samples * step.TotalDays);
        }

        return new(blockDays, blocks.Length, Between(under), Between(cost), Between(moves));
    }

    private static Interval Between(double[] values)
    {
        Array.Sort(values);
        return new(values[(int)(0.025 * values.Length)], values[(int)(0.975 * values.Length)]);
    }

    private struct Block
    {
        public int Samples;
        public int Known;
        public int Under;
        public double Supply;
        public double Oracle;
        public int Moves;

        public void Take(int demand, int serving, int oracle)
        {
            Samples++;
            if (demand > 0)
            {
                Known++;
                Under += serving < demand ? 1 : 0;
                Supply += serving;
                Oracle += oracle;
            }
        }

        public void Add(Block other)
        {
            Samples += other.Samples;
            Known += other.Known;
            Under += other.Under;
            Supply += other.Supply;
            Oracle += other.Oracle;
            Moves += other.Moves;
        }
    }
}
