using Maestro.Telemetry.Fabric;

namespace Maestro.Telemetry.Server.Control;

/// <summary>How somebody wants to upgrade.</summary>
/// <param name="Batch">SGMs at a time, at least 1.</param>
/// <param name="BatchTime">How long a batch, or the Orchestrator, is out.</param>
/// <param name="Within">All is done by so long from now.</param>
/// <param name="Failures">Members whose loss must be survived meanwhile; null as the policy says.</param>
/// <param name="SurviveSiteLoss">Whether the loss of a site must be, too.</param>
/// <param name="Target">SGMs that run this release already are left alone; null for all.</param>
internal sealed record UpgradeWish(
    int Batch, TimeSpan BatchTime, TimeSpan Within, int? Failures, bool SurviveSiteLoss, Release? Target);
