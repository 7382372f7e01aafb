using Maestro.Telemetry.Scaling;
using Maestro.Telemetry.Series;
using static System.FormattableString;

namespace Maestro.Telemetry.Fabric.Checks;

/// <summary>S4: what is measured cannot be more than what the uplinks of a group carry.</summary>
internal static class LineRateChecks
{
    private const double Giga = 1e9;

    public static IEnumerable<FabricFinding> Run(FabricFacts facts)
    {
        foreach (var group in facts.Groups)
        {
            var telemetry = facts.Telemetry.FirstOrDefault(t => t.Group == group.Group.Id);
            if (group.Group.LineRate is { } rate && telemetry is not null && Most(telemetry) is var most && most > rate)
            {
                yield return new()
                {
                    Rule = "S4",
                    Severity = FindingSeverity.Warning,
                    Object = FabricObject.Of(group.Group),
                    Found = Invariant($"{most / Giga:0.##} Gbit/s were measured, and its line rate is stated as ")
                        + Invariant($"{rate / Giga:0.##} Gbit/s"),
                    Required = "a line rate that the measured throughput stays below",
                    Remedy = "Set LineRateBitsPerSecond of the group in Maestro:Fabric:Groups to what its uplinks can receive "
                        + "together, or leave it out",
                };
            }
        }
    }

    // Now, and in the weeks before: a busy hour is soon over, and what was stated stays wrong.
    private static double Most(GroupTelemetry telemetry) => Math.Max(
        telemetry.Demand.GetValueOrDefault(Resource.BitsPerSecond),
        telemetry.Highest.GetValueOrDefault(Resource.BitsPerSecond));
}
