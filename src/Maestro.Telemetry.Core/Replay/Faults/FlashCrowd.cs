namespace Maestro.Telemetry.Replay.Faults;

/// <summary>Everybody comes at once, and goes again more slowly.</summary>
public sealed class FlashCrowd : IReplayChange
{
    private const double Factor = 3;

    private static readonly TimeSpan Rise = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Stay = TimeSpan.FromMinutes(40);
    private static readonly TimeSpan Fall = TimeSpan.FromMinutes(90);

    public string Name => "flash";

    public string About => "demand is threefold within 10 minutes and back within 2 hours, once a week";

    public ReplayGroup Apply(ReplayGroup group, ChangeMoments when)
    {
        var factor = new double[when.Steps];
        Array.Fill(factor, 1);
        foreach (var crowd in when.Every(7, Rise + Stay + Fall))
        {
            for (var t = crowd.Start.Value; t < crowd.End.Value; t++)
            {
                var since = (t - crowd.Start.Value + 1) * when.Step;
                var share = since <= Rise + Stay
                    ? Math.Min(1, since / Rise)
                    : Math.Max(0, 1 - ((since - Rise - Stay) / Fall));
                factor[t] = 1 + ((Factor - 1) * share);
            }
        }

        return ChangedDemand.Times(group, when, t => factor[t]);
    }
}
