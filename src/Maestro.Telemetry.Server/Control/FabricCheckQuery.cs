using Google.Protobuf.WellKnownTypes;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Fabric.Checks;
using Maestro.Telemetry.Scaling;
using Maestro.Telemetry.Server.Autoscaling;
using Maestro.Telemetry.Server.Configuration;
using Maestro.Telemetry.Server.Fabrics;
using Wire = Maestro.Telemetry.Protocol.V1;

namespace Maestro.Telemetry.Server.Control;

/// <summary>Holds the fabric as it was last read against the rules of Maestro.</summary>
internal sealed class FabricCheckQuery(FabricState fabric, PlanBoard board, IOptions<FabricOptions> options)
{
    private volatile Checked? _last;

    public Wire.CheckResponse Run()
    {
        var snapshot = fabric.Current;
        var response = new Wire.CheckResponse
        {
            Fabric = options.Value.Name,
            ReadAt = fabric.IsKnown ? snapshot.ReadAt.ToTimestamp() : null,
            Problem = fabric.Problem ?? "",
        };
        response.Findings.AddRange(Findings().Select(ToWire));
        return response;
    }

    /// <summary>Errors first; nothing before the first reading.</summary>
    public IReadOnlyList<FabricFinding> Findings()
    {
        var current = fabric.Current;
        if (!fabric.IsKnown)
        {
            return [];
        }

        // A page that watches the status asks more often than the fabric is read.
        var input = board.Input;
        if (_last is not { } last || last.Fabric != current || !ReferenceEquals(last.Input, input))
        {
            last = new(
                current,
                input,
                FabricChecks.Check(
                    current, options.Value.Limits, options.Value.Allowances, input?.Telemetry ?? []));
            _last = last;
        }

        return last.Findings;
    }

    private static Wire.Finding ToWire(FabricFinding finding) => new()
    {
        Rule = finding.Rule,
        Severity = finding.Severity.ToString().ToLowerInvariant(),
        Object = finding.Object.ToString(),
        Found = finding.Found,
        Required = finding.Required,
        Remedy = finding.Remedy,
        StopsGrowth = finding.Effect.HasFlag(FindingEffect.NoGrowth),
        StopsRemoval = finding.Effect.HasFlag(FindingEffect.NoRemoval),
        SecurityGroup = finding.Object.Group?.Value ?? 0,
        Site = finding.Object.Site?.Value ?? 0,
        Orchestrator = finding.Object.Orchestrator ?? "",
        Serial = finding.Object.Serial?.Value ?? "",
    };

    private sealed record Checked(
        FabricSnapshot Fabric, PlannerInput? Input, IReadOnlyList<FabricFinding> Findings);
}
