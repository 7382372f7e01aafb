namespace Maestro.Telemetry.Server.Receivers.Clocks;

/// <summary>What is known of the clock of an SGM's sender.</summary>
/// <param name="Sender">The agent's id, or the protocol of a foreign sender.</param>
/// <param name="Ahead">
/// How far its clock is ahead of ours, at least; below zero it is behind. It misses the truth by the quickest way from
/// there to here.
/// </param>
/// <param name="IsSendTime">
/// False when the sender does not say when it sends: then this goes by the newest sample, which was taken a while before,
/// so that only a clock that is ahead can be told.
/// </param>
internal readonly record struct ClockReading(string Sender, TimeSpan Ahead, bool IsSendTime)
{
    /// <summary>The skew where it is one; null when only its lower bound is known and says nothing.</summary>
    public TimeSpan? Skew => IsSendTime || Ahead > TimeSpan.Zero ? Ahead : null;
}
