namespace Maestro.Telemetry.Scaling;

/// <summary>What the telemetry of a group is good enough for, and what is wrong with it.</summary>
/// <param name="Use">What it is good for.</param>
/// <param name="Problem">What is wrong; null when nothing is.</param>
/// <param name="Since">Since when the measured demand cannot be relied on; null while it can.</param>
/// <param name="IsBlind">True when that is so long that only the last good forecast is left.</param>
internal sealed record TelemetryVerdict(
    TelemetryUse Use, Refusal? Problem, DateTimeOffset? Since = null, bool IsBlind = false)
{
    public static TelemetryVerdict Full { get; } = new(TelemetryUse.Full, null);
}
