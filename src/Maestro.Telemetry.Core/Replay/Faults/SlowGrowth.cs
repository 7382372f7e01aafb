namespace Maestro.Telemetry.Replay.Faults;

/// <summary>Demand grows week by week.</summary>
public sealed class SlowGrowth : IReplayChange
{
    private const double PerWeek = 1.05;

    public string Name => "growth";

    public string About => "demand grows by 5 % a week";

    public ReplayGroup Apply(ReplayGroup group, ChangeMoments when) => ChangedDemand.Times(
        group, when, t => Math.Pow(PerWeek, (t - when.First) * when.Step / TimeSpan.FromDays(7)));
}
