namespace Maestro.Telemetry.Series;

/// <summary>Why rows or a batch are refused. The numbers are those of the wire, and never change.</summary>
public enum RefusalReason
{
    /// <summary>The fabric has no SGM with this serial number.</summary>
    UnknownSerial = 1,

    /// <summary>The fabric has the SGM at another site.</summary>
    WrongSite = 2,

    /// <summary>A value is NaN or infinite.</summary>
    NotFinite = 3,

    /// <summary>A value that cannot be negative is.</summary>
    Negative = 4,

    /// <summary>A value is above what its metric allows.</summary>
    OutOfRange = 5,

    /// <summary>The timestamp is older than the collector accepts.</summary>
    TooOld = 6,

    /// <summary>The timestamp is further ahead than the collector accepts.</summary>
    TooNew = 7,

    /// <summary>The number of values is not rows times columns.</summary>
    Shape = 8,

    /// <summary>The batch has more rows than the collector accepts.</summary>
    Oversized = 9,

    /// <summary>The sequence number is 0 or does not grow.</summary>
    Sequence = 10,

    /// <summary>Who sends may not report samples of this SGM.</summary>
    NotPermitted = 11,
}
