using Maestro.Telemetry.Protocol.V1;
using Maestro.Telemetry.Simulator.Fabric;

namespace Maestro.Telemetry.Simulator.Load;

/// <summary>Turns a member's share of the demand into what its agent reads.</summary>
internal static class MemberRow
{
    // Connections that fill the memory of an SGM of the reference model.
    private const double ConnectionsInMemory = 6_000_000;

    private const int MostCores = 512;

    /// <summary>
    /// A member that serves. Up to its capacity all is served; above, the overflow is dropped and what is served stays.
    /// </summary>
    public static void Fill(MemberTraits traits, in GroupDemand demand, double share, double seconds, Span<double> row)
    {
        var offered = demand.CpuWork * share / traits.Model.Weight;
        var served = offered > 1 ? share / offered : share;
        var packets = demand.BitsPerSecond / demand.BitsPerPacket;
        var connections = Math.Round(demand.Connections * served);
        var memory = 24 + (2 * traits.Wander(0, seconds, 7_200))
            + (60 * connections / (ConnectionsInMemory * traits.Model.Weight));

        FillCpu(traits, Math.Min(1, offered), seconds, row);
        row[MemberColumns.MemoryUsed] = Math.Clamp(memory, 0, 100);
        row[MemberColumns.Connections] = connections;
        row[MemberColumns.ConnectionsRate] = demand.ConnectionsPerSecond * served;
        row[MemberColumns.ReceivedBits] = demand.BitsPerSecond * share;
        row[MemberColumns.TransmittedBits] = demand.BitsPerSecond * served;
        row[MemberColumns.ReceivedPackets] = packets * share;
        row[MemberColumns.TransmittedPackets] = packets * served;
        row[MemberColumns.DroppedPackets] = packets * (share - served);
        row[MemberColumns.AccelerationRatio] = demand.AccelerationRatio;
        row[MemberColumns.State] = (double)MemberState.Active;
    }

    /// <summary>An SGM that serves nothing: free, joining, leaving or down.</summary>
    public static void FillIdle(MemberTraits traits, SgmState state, double seconds, Span<double> row)
    {
        row.Clear();
        var housekeeping = state == SgmState.Init ? 0.08 : 0.012;
        FillCpu(traits, housekeeping * (1 + (0.1 * traits.Wander(1, seconds, 900))), seconds, row);
        row[MemberColumns.MemoryUsed] = 18 + traits.Wander(0, seconds, 7_200);
        row[MemberColumns.State] = (double)(state switch
        {
            SgmState.Init => MemberState.Init,
            SgmState.Ready => MemberState.Ready,
            SgmState.Active => MemberState.Active,
            SgmState.Down => MemberState.Down,
            SgmState.Lost => MemberState.Lost,
            _ => MemberState.Unspecified,
        });
    }

    private static void FillCpu(MemberTraits traits, double mean, double seconds, Span<double> row)
    {
        Span<double> scratch = stackalloc double[MostCores];
        var inRow = row.Length > MemberColumns.FirstCore;
        var cores = inRow ? row[MemberColumns.FirstCore..] : scratch[..traits.Model.Cores];
        var busiest = traits.ShareOverCores(mean, seconds, cores);
        row[MemberColumns.CpuMean] = 100 * mean;
        row[MemberColumns.CpuBusiestCore] = Math.Min(100, 100 * busiest);
        if (inRow)
        {
            foreach (ref var core in cores)
            {
                core = Math.Clamp(100 * core, 0, 100);
            }
        }
    }
}
