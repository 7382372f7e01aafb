namespace Maestro.Telemetry.Replay.Faults;

/// <summary>Demand is half as much again from one sample to the next, and stays there: an office moved in.</summary>
public sealed class StepUp : IReplayChange
{
    private const double Factor = 1.6;

    public string Name => "step";

    public string About => "demand rises by 60 % halfway, at once and for good";

    public ReplayGroup Apply(ReplayGroup group, ChangeMoments when)
    {
        var from = (when.First + when.Steps) / 2;
        return ChangedDemand.Times(group, when, t => t >= from ? Factor : 1);
    }
}
