namespace Maestro.Telemetry.Server.Access;

/// <summary>Who calls, or why that cannot be said.</summary>
/// <param name="Identity">Null when nobody was let in.</param>
/// <param name="Reason">Why not.</param>
/// <param name="Claimed">Who the caller says it is, as far as it does; for the audit.</param>
/// <param name="RetryAfter">When to come back, when <see cref="RefusedBecause.Throttled"/>.</param>
internal readonly record struct AccessOutcome(
    Identity? Identity, RefusedBecause Reason, string Claimed, TimeSpan RetryAfter)
{
    public static AccessOutcome In(Identity identity) => new(identity, default, identity.Caller.Name, default);

    public static AccessOutcome Out(RefusedBecause reason, string claimed = "") => new(null, reason, claimed, default);

    public static AccessOutcome Later(TimeSpan after, string claimed) =>
        new(null, RefusedBecause.Throttled, claimed, after);
}
