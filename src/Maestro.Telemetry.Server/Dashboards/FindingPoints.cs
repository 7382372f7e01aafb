using Maestro.Telemetry.Fabric.Checks;
using Maestro.Telemetry.Ports;

namespace Maestro.Telemetry.Server.Dashboards;

/// <summary>What is against the rules of Maestro, as points.</summary>
internal static class FindingPoints
{
    public static DataPoint Of(string fabric, FabricFinding finding, DateTimeOffset at) => new(
        PointNames.Finding,
        [
            (PointNames.FabricTag, fabric),
            ("object", finding.Object.ToString()),
            ("rule", finding.Rule),
            ("severity", finding.Severity.ToString().ToLowerInvariant()),
        ],
        new FieldList()
            .Text("found", finding.Found)
            .Text("required", finding.Required)
            .Text("remedy", finding.Remedy)
            .All,
        at);
}
