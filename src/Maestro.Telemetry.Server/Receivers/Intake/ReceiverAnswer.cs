namespace Maestro.Telemetry.Server.Receivers.Intake;

/// <summary>The answer to a request, in no protocol's words yet.</summary>
/// <param name="Verdict">What became of it.</param>
/// <param name="Message">What was refused and why, or what is to be done; empty when all was taken.</param>
/// <param name="Taken">Points that are committed.</param>
/// <param name="Refused">Points that were refused.</param>
internal sealed record ReceiverAnswer(ReceiverVerdict Verdict, string Message = "", long Taken = 0, long Refused = 0)
{
    /// <summary>How long a sender that is to come back should wait.</summary>
    public TimeSpan RetryAfter => Verdict switch
    {
        ReceiverVerdict.Busy => TimeSpan.FromSeconds(1),
        ReceiverVerdict.Unavailable => TimeSpan.FromSeconds(5),
        _ => TimeSpan.Zero,
    };
}
