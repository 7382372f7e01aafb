using System.Collections.Immutable;
using Maestro.Telemetry.Fabric;

namespace Maestro.Telemetry.Scaling;

/// <summary>One SGM changes its group, from proposal to verified outcome.</summary>
public sealed record ScalingCommand
{
    /// <summary>Unique; sorts by time of creation.</summary>
    public required string Id { get; init; }

    public required CommandKind Kind { get; init; }

    public required GatewaySerial Serial { get; init; }

    /// <summary>The site the SGM is cabled to.</summary>
    public required SiteId Site { get; init; }

    /// <summary>Where it is; null for an add.</summary>
    public SecurityGroupId? From { get; init; }

    /// <summary>Where it goes; null for a remove.</summary>
    public SecurityGroupId? To { get; init; }

    /// <summary>The decision it follows from.</summary>
    public required string DecisionId { get; init; }

    /// <summary>Why, in a sentence.</summary>
    public required string Reason { get; init; }

    public required ScalingMode Mode { get; init; }

    public CommandState State { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>When a proposal that nobody answered ends.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Oldest first. Filled when read from the ledger.</summary>
    public ImmutableArray<CommandStep> Steps { get; init; } = [];

    public bool IsOpen => State is CommandState.Proposed or CommandState.Approved or CommandState.Applying
        or CommandState.Applied;

    /// <summary>True while the change may be on its way in the fabric.</summary>
    public bool IsInFlight => State is CommandState.Approved or CommandState.Applying or CommandState.Applied;

    /// <summary>True when the group gains or loses the SGM.</summary>
    public bool Touches(SecurityGroupId group) => From == group || To == group;
}
