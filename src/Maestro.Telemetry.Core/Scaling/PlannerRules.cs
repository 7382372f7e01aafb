namespace Maestro.Telemetry.Scaling;

/// <summary>The planner's fixed numbers. What a site may want to change is in <see cref="ScalingPolicy"/>.</summary>
internal static class PlannerRules
{
    /// <summary>Two control periods: a need seen in one cycle is acted on in the next at the latest.</summary>
    public static readonly TimeSpan Guard = TimeSpan.FromMinutes(2);

    public static readonly TimeSpan ForecastMaxAge = TimeSpan.FromMinutes(30);

    /// <summary>How far a forecast may end before the scale-in horizon: it was issued a while ago.</summary>
    public static readonly TimeSpan ForecastShortfall = TimeSpan.FromMinutes(15);

    public static readonly TimeSpan OutOfBandWait = TimeSpan.FromMinutes(30);

    public static readonly TimeSpan ProposalLife = TimeSpan.FromMinutes(15);

    /// <summary>After an add, until it is seen what the SGM takes over.</summary>
    public static readonly TimeSpan Settling = TimeSpan.FromMinutes(10);

    /// <summary>An SGM whose last change failed is left alone for so long.</summary>
    public static readonly TimeSpan Quarantine = TimeSpan.FromHours(1);

    /// <summary>A longer silence between two cycles ends the stabilization window: nobody was looking.</summary>
    public static readonly TimeSpan MemoryGap = TimeSpan.FromMinutes(15);

    /// <summary>A sample may be so far ahead of our clock.</summary>
    public static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(30);

    /// <summary>Demand that is the same for so long, and for <see cref="UnchangedIntervals"/>, is not measured any more.</summary>
    public static readonly TimeSpan Unchanged = TimeSpan.FromMinutes(15);

    public const int UnchangedIntervals = 3;

    /// <summary>In reference SGMs: with whole SGMs and small groups a relative band means nothing.</summary>
    public const double DeadBandOut = 0.15;

    public const double SurviveQuantile = 0.9;

    /// <summary>An SGM that joins for so many times what joins take is late: no other is added beside it.</summary>
    public const int LateJoin = 2;

    public const double GoodCoverage = 0.9;
    public const double UsableCoverage = 0.7;
    public const int GoodIntervals = 2;
    public const int UsableIntervals = 5;

    /// <summary>Sums of weights are compared with this tolerance.</summary>
    public const double Tolerance = 1e-9;
}
