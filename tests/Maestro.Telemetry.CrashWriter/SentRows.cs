namespace Maestro.Telemetry.CrashWriter;

/// <summary>Rows that senders send: row n is n steps after the start, and its value follows from n.</summary>
public static class SentRows
{
    public const int StepMs = 10;

    public static long TimeMs(long start, long row) => start + (row * StepMs);

    /// <summary>A share in percent, whole so that sums are exact in any order.</summary>
    public static double Value(long row) => row % 100;
}
