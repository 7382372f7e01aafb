using System.Collections.Frozen;
using static System.FormattableString;

namespace Maestro.Telemetry.Fabric.Checks;

/// <summary>S10: the speed of sync links. S12: from when on sync may be redundant.</summary>
internal static class SyncChecks
{
    private const int RedundantSyncTake = 210;

    private static readonly FrozenDictionary<string, double[]> Speeds = new Dictionary<string, double[]>
    {
        ["MHO-140"] = [10],
        ["MHO-170"] = [40, 100],
        ["MHO-175"] = [40, 100],
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    public static IEnumerable<FabricFinding> Run(FabricFacts facts)
    {
        foreach (var orchestrator in facts.Fabric.Orchestrators)
        {
            foreach (var finding in CheckSpeeds(orchestrator))
            {
                yield return finding;
            }

            if (facts.OrchestratorsOn(orchestrator.Site).Count() > 1 && CheckRedundancy(orchestrator) is { } redundancy)
            {
                yield return redundancy;
            }
        }
    }

    private static IEnumerable<FabricFinding> CheckSpeeds(OrchestratorStatus orchestrator)
    {
        var ports = orchestrator.SyncPorts ?? [];
        if (orchestrator.Model is not { } model || orchestrator.SyncPorts is null)
        {
            yield return NotKnown(orchestrator, "S10",
                orchestrator.Model is null ? "its model is not known" : "its sync ports are not known",
                "40 or 100 GbE on an MHO-170 or MHO-175, 10 GbE on an MHO-140");
        }
        else if (!Speeds.TryGetValue(model, out var speeds))
        {
            yield return NotKnown(orchestrator, "S10",
                $"no speed is known that the sync links of an {model} need", "what the vendor says of the model");
        }
        else
        {
            foreach (var finding in ports.Select(p => CheckSpeed(orchestrator, p, speeds)).OfType<FabricFinding>())
            {
                yield return finding;
            }
        }
    }

    private static FabricFinding? CheckSpeed(OrchestratorStatus orchestrator, SyncPort port, double[] speeds)
    {
        var required = string.Join(" or ", speeds.Select(s => Invariant($"{s:0.##}"))) + $" GbE on an {orchestrator.Model}";
        return port.Gigabits is not { } gigabits
            ? NotKnown(orchestrator, "S10", $"the speed of sync port {port.Id} is not known", required)
            : speeds.Contains(gigabits) ? null : new()
            {
                Rule = "S10",
                Severity = FindingSeverity.Error,
                Object = FabricObject.Of(orchestrator),
                Found = Invariant($"sync port {port.Id} of the {orchestrator.Model} runs at {gigabits:0.##} GbE"),
                Required = required,
                Remedy = "Use a transceiver and a port mode of that speed; nothing is changed on the site until then",
                Effect = FindingEffect.NoChange,
            };
    }

    // A site has redundant sync when somebody says so, or when an Orchestrator has more than one port for it.
    private static FabricFinding? CheckRedundancy(OrchestratorStatus orchestrator)
    {
        var redundant = orchestrator.RedundantSync
            ?? (orchestrator.SyncPorts is { } ports ? ports.Count(p => p.Kind == SyncPortKind.Internal) > 1 : null);
        var supported = Supports(orchestrator);
        const string Required = "R80.20SP with Jumbo Take 210, or later, for redundant sync";
        return (redundant, supported) switch
        {
            (null, _) => NotKnown(orchestrator, "S12", "whether its sync is redundant is not known", Required),
            (true, null) => NotKnown(orchestrator, "S12", "its release and take are not known", Required),
            (true, false) => new()
            {
                Rule = "S12",
                Severity = FindingSeverity.Error,
                Object = FabricObject.Of(orchestrator),
                Found = Invariant($"redundant sync with {orchestrator.Release} take {orchestrator.Take ?? 0}"),
                Required = Required,
                Remedy = "Upgrade it, or use one sync link; nothing is changed on the site until then",
                Effect = FindingEffect.NoChange,
            },
            (false, true) => new()
            {
                Rule = "S12",
                Severity = FindingSeverity.Info,
                Object = FabricObject.Of(orchestrator),
                Found = "one sync link",
                Required = "none more; its release supports a second one",
                Remedy = "Add a second sync link so that the loss of one does not part the Orchestrators",
            },
            _ => null,
        };
    }

    private static bool? Supports(OrchestratorStatus orchestrator) => orchestrator.Release switch
    {
        { IsKnown: true } release when release > Release.R8020 => true,
        { IsKnown: true } release when release < Release.R8020 => false,
        { IsKnown: true } => orchestrator.Take is { } take ? take >= RedundantSyncTake : null,
        _ => null,
    };

    private static FabricFinding NotKnown(
        OrchestratorStatus orchestrator, string rule, string found, string required) => new()
        {
            Rule = rule,
            Severity = FindingSeverity.Info,
            Object = FabricObject.Of(orchestrator),
            Found = found,
            Required = required,
            Remedy = "State it in Maestro:Fabric:Orchestrators",
        };
}
