namespace Maestro.Telemetry.Fabric.Checks;

/// <summary>What a check of one rule came to, for one object.</summary>
public sealed record FabricFinding
{
    /// <summary>The rule, for example S10; docs/rules.md has them all.</summary>
    public required string Rule { get; init; }

    public required FindingSeverity Severity { get; init; }

    public required FabricObject Object { get; init; }

    /// <summary>What is there, without a full stop.</summary>
    public required string Found { get; init; }

    /// <summary>What should be, without a full stop.</summary>
    public required string Required { get; init; }

    /// <summary>What to do about it, without a full stop.</summary>
    public required string Remedy { get; init; }

    /// <summary>What the planner does not do until it is put right.</summary>
    public FindingEffect Effect { get; init; }

    /// <summary>The finding in a sentence.</summary>
    public override string ToString() => $"{Rule}, {Object}: {Found}; required: {Required}. {Remedy}.";
}
