namespace Maestro.Telemetry.Server.Receivers.Otlp;

/// <summary>OTLP counts nanoseconds without a sign, we count milliseconds with one.</summary>
internal static class OtlpTime
{
    private const ulong NanosecondsPerMillisecond = 1_000_000;

    public static long Milliseconds(ulong nanoseconds) => (long)(nanoseconds / NanosecondsPerMillisecond);
}
