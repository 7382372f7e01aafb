using Maestro.Telemetry.Protocol.V1;

namespace Maestro.Telemetry.Agent;

/// <summary>Who the samples are of: what a stream opens with.</summary>
public sealed record AgentIdentity
{
    /// <summary>Names the agent process across reconnects. At most 128 characters.</summary>
    public required string AgentId { get; init; }

    /// <summary>The serial number of the SGM: its identity, which a move does not change.</summary>
    public required string Serial { get; init; }

    /// <summary>The site that the SGM is cabled to, from 1.</summary>
    public int Site { get; init; } = 1;

    /// <summary>The Orchestrator that the SGM reports to, for example "1_1"; empty when it is not known.</summary>
    public string Orchestrator { get; init; } = "";

    /// <summary>The Security Group that the SGM is in; 0 when it is in none.</summary>
    public int SecurityGroup { get; init; }

    /// <summary>The appliance model, for example "16200"; empty when it is not known.</summary>
    public string Model { get; init; } = "";

    /// <summary>The release, for example "R82"; empty when it is not known.</summary>
    public string Release { get; init; } = "";

    internal Hello ToHello(IEnumerable<Column> columns)
    {
        var hello = new Hello
        {
            AgentId = AgentId,
            Serial = Serial,
            Site = Site,
            Orchestrator = Orchestrator,
            SecurityGroup = SecurityGroup,
            Model = Model,
            Release = Release,
        };
        hello.Columns.AddRange(columns);
        return hello;
    }
}
