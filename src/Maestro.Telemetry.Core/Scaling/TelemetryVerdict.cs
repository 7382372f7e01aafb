namespace Maestro.Telemetry.Scaling;

/// <summary>What the telemetry of a group is good enough for, and what is wrong with it.</summary>
internal sealed record TelemetryVerdict(TelemetryUse Use, Refusal? Problem)
{
    public static TelemetryVerdict Full { get; } = new(TelemetryUse.Full, null);
}
