using System.Globalization;

namespace Maestro.Telemetry.Fabric.Checks;

/// <summary>What a finding is about. More than one part may be set: an SGM of a group on a site.</summary>
public sealed record FabricObject
{
    public static readonly FabricObject Whole = new();

    public SiteId? Site { get; init; }

    public SecurityGroupId? Group { get; init; }

    public string? Orchestrator { get; init; }

    public GatewaySerial? Serial { get; init; }

    public static FabricObject Of(SiteId site) => new() { Site = site };

    public static FabricObject Of(SecurityGroup group) => new() { Group = group.Id };

    public static FabricObject Of(SecurityGroup group, SiteId site) => new() { Group = group.Id, Site = site };

    public static FabricObject Of(OrchestratorStatus orchestrator) =>
        new() { Orchestrator = orchestrator.Id, Site = orchestrator.Site };

    public static FabricObject Of(Gateway gateway) => new() { Serial = gateway.Serial };

    /// <summary>The object in words, for example "SG 3, site 1".</summary>
    public override string ToString()
    {
        if (Orchestrator is not null)
        {
            return $"Orchestrator {Orchestrator}";
        }

        if (Serial is { } serial)
        {
            return $"SGM {serial}";
        }

        string?[] parts =
        [
            Group is { } group ? $"SG {group}" : null,
            Site is { } site ? string.Create(CultureInfo.InvariantCulture, $"site {site.Value}") : null,
        ];
        var text = string.Join(", ", parts.Where(p => p is not null));
        return text.Length == 0 ? "fabric" : text;
    }
}
