using Maestro.Telemetry.Protocol.V1;
using Maestro.Telemetry.Simulator.Scenarios;

namespace Maestro.Telemetry.Simulator.Load;

/// <summary>The columns of a simulated SGM: every metric, then each core.</summary>
internal static class MemberColumns
{
    public const int CpuMean = 0;
    public const int CpuBusiestCore = 1;
    public const int MemoryUsed = 2;
    public const int Connections = 3;
    public const int ConnectionsRate = 4;
    public const int ReceivedBits = 5;
    public const int TransmittedBits = 6;
    public const int ReceivedPackets = 7;
    public const int TransmittedPackets = 8;
    public const int DroppedPackets = 9;
    public const int AccelerationRatio = 10;
    public const int State = 11;
    public const int FirstCore = 12;

    private static readonly Metric[] Fixed =
    [
        Metric.CpuMean,
        Metric.CpuBusiestCore,
        Metric.MemoryUsed,
        Metric.ConcurrentConnections,
        Metric.ConnectionsRate,
        Metric.ReceivedBitsRate,
        Metric.TransmittedBitsRate,
        Metric.ReceivedPacketsRate,
        Metric.TransmittedPacketsRate,
        Metric.DroppedPacketsRate,
        Metric.AccelerationRatio,
        Metric.MemberState,
    ];

    /// <param name="model">The SGM's model: its cores are columns.</param>
    /// <param name="cores">False to leave the cores out, for a history that is loaded faster.</param>
    public static IReadOnlyList<Column> Of(ScenarioModel model, bool cores = true) =>
    [
        .. Fixed.Select(metric => new Column { Metric = metric }),
        .. Enumerable.Range(0, cores ? model.Cores : 0).Select(core => new Column
        {
            Metric = Metric.CpuCoreBusy,
            Core = (uint)core,
            CoreType = core < model.SndCores ? CoreType.Snd : CoreType.Fw,
        }),
    ];
}
