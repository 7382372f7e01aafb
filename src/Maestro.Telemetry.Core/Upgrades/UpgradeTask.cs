using System.Collections.Immutable;
using Maestro.Telemetry.Fabric;

namespace Maestro.Telemetry.Upgrades;

/// <summary>What is to be scheduled, with the changes that a relief would make.</summary>
/// <param name="Input">What the plan depends on.</param>
/// <param name="Group">The group as it is.</param>
/// <param name="BatchSize">SGMs at a time.</param>
/// <param name="Target">SGMs that run this release already are left alone; null for all.</param>
/// <param name="Joining">SGMs that were added before; they carry and are not upgraded.</param>
/// <param name="From">Nothing starts earlier.</param>
internal sealed record UpgradeTask(
    UpgradeInput Input,
    UpgradeGroup Group,
    int BatchSize,
    Release? Target,
    ImmutableArray<Gateway> Joining,
    DateTimeOffset From);
