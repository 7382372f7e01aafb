namespace Maestro.Telemetry.Series;

/// <summary>Why a sample, or a batch of them, is not stored. The numbers are those of the wire.</summary>
public enum RefusalReason
{
    None = 0,
    UnknownSerial = 1,
    WrongSite = 2,
    NotFinite = 3,
    Negative = 4,
    OutOfRange = 5,
    TooOld = 6,
    TooNew = 7,
    Shape = 8,
    Oversized = 9,
    Sequence = 10,
}
