using Maestro.Telemetry.Fabric;

namespace Maestro.Telemetry.Scaling.Learning;

/// <summary>How long SGMs of one model on one site took from the approval until they were ACTIVE in their new group.</summary>
/// <param name="Site">The site.</param>
/// <param name="Model">The name of the appliance model.</param>
/// <param name="IsMove">True for moves out of another group, false for adds out of the pool.</param>
/// <param name="Time">How long it took.</param>
public sealed record LearnedJoin(SiteId Site, string Model, bool IsMove, LearnedTime Time);
