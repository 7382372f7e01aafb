namespace Maestro.Telemetry.Replay;

/// <summary>How long SGMs take from the order until they carry their share.</summary>
public sealed record JoinTimes
{
    private const double NormalQuantile90 = 1.2815515655446004;

    /// <summary>The lead time: exact, or what nine of ten joins take at most when they vary.</summary>
    public required TimeSpan Lead { get; init; }

    /// <summary>The .9 quantile over the median of a lognormal distribution; 1 when all joins take the same time.</summary>
    public double Spread { get; init; } = 1;

    /// <summary>Share of joins that fail, in [0, 1].</summary>
    public double FailureShare { get; init; }

    /// <summary>Chooses among times; the same seed chooses the same.</summary>
    public ulong Seed { get; init; }

    /// <summary>How long until a join that fails is known to have failed.</summary>
    public TimeSpan Timeout => Lead * 2;

    /// <summary>How long the join takes, and whether it succeeds.</summary>
    /// <param name="ordinal">Which join it is, counted from 0: the n-th is the same for everybody who is compared.</param>
    public (TimeSpan Time, bool Succeeds) Draw(int ordinal)
    {
        var chance = new Chance(Seed ^ ((ulong)ordinal * 0x9E3779B97F4A7C15));
        var succeeds = chance.Next() >= FailureShare;
        if (!succeeds)
        {
            return (Timeout, false);
        }

        if (Spread <= 1)
        {
            return (Lead, true);
        }

        var sigma = Math.Log(Spread) / NormalQuantile90;
        return (Lead / Spread * Math.Exp(sigma * chance.NextNormal()), true);
    }
}
