namespace Maestro.Telemetry.Forecasting.Gate;

/// <summary>What the skill gate asks of a model.</summary>
public sealed record SkillGateOptions
{
    /// <summary>The window that must be covered, in steps: the lead time.</summary>
    /// <value>The default is 6; at least 1.</value>
    public int Window
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "At least 1.");
    } = 6;

    /// <summary>The quantile level that the planner uses.</summary>
    /// <value>The default is 0.95; in (0.5, 1).</value>
    public double Level
    {
        get;
        init => field = value is > 0.5 and < 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "Must be in (0.5, 1).");
    } = 0.95;

    /// <summary>Pinball loss over that of seasonal-naive must be below this.</summary>
    public double LargestSkill { get; init; } = 0.95;

    /// <summary>How far coverage may be from the level.</summary>
    public double CoverageTolerance { get; init; } = 0.04;

    /// <summary>Less history than this, in steps, is a cold start.</summary>
    public int ShortestHistory { get; init; } = 576;

    /// <summary>The longest stretch that is judged, in steps.</summary>
    public int LongestJudged { get; init; } = 14 * 288;

    /// <summary>How many times models are fitted anew during the judged stretch.</summary>
    public int Refits { get; init; } = 4;

    /// <summary>At most about this many windows are judged.</summary>
    public int MostWindows { get; init; } = 700;
}
