using System.Text.Json;
using System.Text.Json.Serialization;
using Maestro.Telemetry.Simulator.Load;

namespace Maestro.Telemetry.Simulator.Scenarios;

/// <summary>
/// All that defines a pretend fabric and its load. Two runs of the same scenario see the same demand and the same join
/// times.
/// </summary>
public sealed record Scenario
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public required string Name { get; init; }

    /// <summary>All chance of the simulation comes from this number.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>The time at which growth is counted from and scheduled flash crowds are laid out.</summary>
    public DateTimeOffset Start { get; init; } = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The release of every SGM and Orchestrator, for example "R82".</summary>
    public string Release { get; init; } = "R82";

    /// <summary>The speed of the sync ports, as the Gaia API says it.</summary>
    public string SyncSpeed { get; init; } = "100G";

    public required IReadOnlyList<ScenarioSite> Sites { get; init; }

    public required IReadOnlyList<ScenarioModel> Models { get; init; }

    public required IReadOnlyList<ScenarioGroup> Groups { get; init; }

    public required IReadOnlyList<ScenarioGateway> Gateways { get; init; }

    /// <summary>Surges that are known beforehand to the scenario, not to those who forecast it.</summary>
    public IReadOnlyList<FlashCrowd> FlashCrowds { get; init; } = [];

    public JoinProfile Joining { get; init; } = new();

    public FabricRules Rules { get; init; } = new();

    /// <summary>How unevenly traffic is hashed over members: the spread of a member's share.</summary>
    /// <value>The default is 0.06; from 0 to 0.5.</value>
    public double HashImbalance { get; init; } = 0.06;

    /// <summary>
    /// Two sites with two Orchestrators each, three Security Groups and 24 SGMs of two models, ten of them free.
    /// </summary>
    public static Scenario DualSite(ulong seed = 1) => DualSiteScenario.Create(seed);

    /// <summary>Reads a scenario from JSON.</summary>
    /// <exception cref="ScenarioException">It is no scenario, or breaks a rule; the message says why.</exception>
    public static Scenario Parse(string json)
    {
        Scenario? scenario;
        try
        {
            scenario = JsonSerializer.Deserialize<Scenario>(json, Json);
        }
        catch (JsonException e)
        {
            throw new ScenarioException([e.Message], e);
        }

        return (scenario ?? throw new ScenarioException(["The text is null; give a scenario object."])).Validated();
    }

    /// <summary>The scenario as JSON that <see cref="Parse"/> reads.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Json);

    /// <summary>This scenario, when it breaks no rule.</summary>
    /// <exception cref="ScenarioException">A rule is broken; the message has all reasons.</exception>
    public Scenario Validated()
    {
        var problems = ScenarioRules.Check(this).ToList();
        return problems is [] ? this : throw new ScenarioException(problems);
    }
}
