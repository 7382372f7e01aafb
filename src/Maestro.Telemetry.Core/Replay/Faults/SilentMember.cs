using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Replay.Faults;

/// <summary>
/// One member is not heard of. As in service, its part is completed from the others when those carry enough of the
/// group, and the demand is unknown when they do not.
/// </summary>
public sealed class SilentMember : IReplayChange
{
    /// <summary>How unlike the members' shares are: the deviation of what is completed.</summary>
    private const double Unlike = 0.02;

    private static readonly TimeSpan Length = TimeSpan.FromHours(6);

    public string Name => "silent";

    public string About => "one member sends nothing for 6 hours, every other day at a time by chance";

    public ReplayGroup Apply(ReplayGroup group, ChangeMoments when)
    {
        var samples = new MeasuredSamples(group);
        foreach (var stretch in when.Every(2, Length))
        {
            for (var t = stretch.Start.Value; t < stretch.End.Value; t++)
            {
                var members = Math.Max(
                    group.Policy.Minimum, RequiredUnits.Of(group.Demand.Values.Span[t], when.HardUtilization));
                var heard = (members - 1.0) / members;
                samples.Cover(t, heard);
                samples.Say(t, heard >= GroupDemand.NeededCoverage
                    ? samples.Work[t] * (1 + (Unlike * when.NormalAt(t, group.Policy.Group.Value)))
                    : double.NaN);
            }
        }

        return samples.ToGroup();
    }
}
