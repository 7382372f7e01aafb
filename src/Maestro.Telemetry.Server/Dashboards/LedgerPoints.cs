using System.Globalization;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Scaling;

namespace Maestro.Telemetry.Server.Dashboards;

/// <summary>Decisions and commands, as points.</summary>
internal static class LedgerPoints
{
    public static DataPoint Of(string fabric, DecisionRecord decision) => new(
        PointNames.Decision,
        [
            ("action", decision.Action.ToString()),
            ("reason", decision.Reason.ToString()),
            (PointNames.FabricTag, fabric),
            (PointNames.GroupTag, Number(decision.Group)),
        ],
        new FieldList()
            .Text("id", decision.Id)
            .Text("sentence", decision.Sentence)
            .Text("binding", decision.Binding)
            .Text("serial", decision.Serial?.Value ?? "")
            .Count("members", decision.Members)
            .Count("desired", decision.Desired)
            .Number("committed_units", decision.CommittedUnits)
            .Number("wanted_units", decision.WantedUnits)
            .Number("risk", decision.Risk?.Probability ?? double.NaN)
            .Flag("is_short", decision.IsShort)
            .All,
        decision.Time);

    /// <summary>One point for each state that the command has been in.</summary>
    public static IEnumerable<DataPoint> Of(string fabric, ScalingCommand command) => command.Steps.Select(step => new DataPoint(
        PointNames.Command,
        [
            (PointNames.FabricTag, fabric),
            ("id", command.Id),
            ("kind", command.Kind.ToString()),
            (PointNames.GroupTag, Number(command.To ?? command.From)),
            ("state", step.State.ToString()),
        ],
        new FieldList()
            .Text("serial", command.Serial.Value)
            .Text("actor", step.Actor)
            .Text("note", step.Note)
            .Text("reason", command.Reason)
            .Number("after_seconds", (step.Time - command.CreatedAt).TotalSeconds)
            .All,
        step.Time));

    private static string Number(SecurityGroupId? group) => group?.Value.ToString(CultureInfo.InvariantCulture) ?? "";
}
