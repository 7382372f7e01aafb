namespace Maestro.Telemetry.Scaling.Guards;

/// <summary>The fixed numbers of the brakes.</summary>
internal static class GuardRules
{
    // Dip guard.
    public const double DipQuantile = 0.02;
    public const double DipLowestUseful = 0.1;

    /// <summary>A smaller fall below the median is noise, however sure the forecast is of itself.</summary>
    public const double DipLeastFall = 0.1;
    public const int DipSamples = 2;
    public static readonly TimeSpan DipFreeze = TimeSpan.FromMinutes(60);

    /// <summary>A demand below this share of what was forecast before the fall is an outage that goes on.</summary>
    public const double DipOut = 0.5;

    /// <summary>For so long an outage is believed to end.</summary>
    public static readonly TimeSpan DipLongest = TimeSpan.FromHours(4);

    // Reversal freeze. Two turns in two hours are the price of following a demand closely; with three it is flapping.
    public const int Reversals = 3;
    public static readonly TimeSpan ReversalWindow = TimeSpan.FromHours(2);
    public static readonly TimeSpan ReversalFreeze = TimeSpan.FromHours(2);

    public static readonly TimeSpan Day = TimeSpan.FromHours(24);

    // Failed joins.
    public const int FailuresInARow = 2;
    public static readonly TimeSpan CircuitOpen = TimeSpan.FromHours(1);

    /// <summary>So many brake trips within a day take away the right to act without asking.</summary>
    public const int TripsToDemote = 3;

    // No relief: the share that an added SGM takes, against its fair share.
    public const double ReliefShare = 0.5;

    /// <summary>Below this utilization the shares say little.</summary>
    public const double ReliefLeastLoad = 0.2;
    public static readonly TimeSpan ReliefAfter = TimeSpan.FromMinutes(10);

    /// <summary>After so long another add may be tried.</summary>
    public static readonly TimeSpan ReliefUntil = TimeSpan.FromHours(2);

    // Telemetry.
    public static readonly TimeSpan BlindAfter = TimeSpan.FromMinutes(30);
    public const int SamplesToRecover = 3;

    /// <summary>Share of the last hour's samples without which nothing is removed: the peak may be among the others.</summary>
    public const double KnownShareToRemove = 0.75;

    /// <summary>The quantile of the last good forecast that is held while nothing is measured.</summary>
    public const double BlindQuantile = 0.9;

    // Forecasts.
    public const double ForecastCap = 1.5;
    public const double ForecastStepChange = 0.5;

    /// <summary>A smaller difference, as a share of one SGM, is no step.</summary>
    public const double ForecastLeastStep = 0.3;

    /// <summary>A flat forecast may differ so much from what is measured.</summary>
    public const double ConstantTolerance = 0.05;
    public static readonly TimeSpan ForecastCompareWithin = TimeSpan.FromMinutes(30);
    public static readonly TimeSpan ForecastCompareAhead = TimeSpan.FromHours(1);
}
