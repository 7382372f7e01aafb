namespace Maestro.Telemetry.Simulator.Scenarios;

/// <summary>How long an SGM takes from the applied change until it carries its share.</summary>
public sealed record JoinProfile
{
    /// <summary>The median time of a join. Image cloning and the reboot are most of it.</summary>
    /// <value>The default is 8 minutes; above 0.</value>
    public TimeSpan Median { get; init; } = TimeSpan.FromMinutes(8);

    /// <summary>The spread of the join time's logarithm.</summary>
    /// <value>The default is 0.25; from 0 to 2.</value>
    public double Spread { get; init; } = 0.25;

    /// <summary>The share of a join that is spent READY, after INIT.</summary>
    /// <value>The default is 0.1; from 0 to 0.9.</value>
    public double ReadyShare { get; init; } = 0.1;

    /// <summary>The time that an SGM takes to leave a group, before it is free or joins another.</summary>
    /// <value>The default is 45 seconds; not negative.</value>
    public TimeSpan Drain { get; init; } = TimeSpan.FromSeconds(45);

    /// <summary>The time of the given join of an SGM: lognormal, the same for the same arguments.</summary>
    internal TimeSpan Draw(ulong seed, string serial, int join)
    {
        var normal = Chance.Normal(Chance.Key(Chance.Key(seed, "join"), serial), join);
        return Median * Math.Exp(Spread * normal);
    }
}
