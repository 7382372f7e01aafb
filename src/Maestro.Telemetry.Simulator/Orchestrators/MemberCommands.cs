using System.Globalization;
using System.Text.Json.Nodes;
using Maestro.Telemetry.Simulator.Fabric;
using Maestro.Telemetry.Simulator.Load;

namespace Maestro.Telemetry.Simulator.Orchestrators;

/// <summary>
/// What a Security Group answers at its own address: show-diagnostics of its members, from the load that its agents
/// would have told. Command, parameters, "objects", "idle", and the keys of memory are those that the vendor's published
/// clients read; the names of cores, the units and the errors are plausible, not seen.
/// </summary>
internal sealed class MemberCommands(SimulatedFabric fabric, FabricLoad load, int group, TimeProvider time)
    : IGaiaCommands
{
    private const string ShowDiagnostics = "show-diagnostics";

    // Illustrative, in kilobytes.
    private const double Memory = 64 * 1024 * 1024;
    private const double Swap = 32 * 1024 * 1024;

    public bool Knows(string command) => command == ShowDiagnostics;

    public JsonObject Run(string command, GaiaArguments arguments, GaiaSession session)
    {
        arguments.Allow("category", "topic", "member-id");
        if (arguments.RequiredText("category") != "os")
        {
            throw GaiaRefusal.Invalid("category", "The value must be one of: [os]");
        }

        var topic = arguments.RequiredText("topic");
        var view = fabric.View();
        var member = Find(view, arguments.Text("member-id"));
        var row = new double[MemberColumns.FirstCore + member.Model.Cores];
        load.Fill(view, member, time.GetUtcNow(), row);
        return topic switch
        {
            "cpu" => Listed([.. row[MemberColumns.FirstCore..].Select(Core)]),
            "memory" => Listed([Amounts("physical", Memory, row[MemberColumns.MemoryUsed]), Amounts("swap", Swap, 0)]),
            _ => throw GaiaRefusal.Invalid("topic", "The value must be one of: [cpu, memory]"),
        };
    }

    /// <summary>The member of an id such as 1_2; without one, the SMO, which is who answers the address.</summary>
    private SimulatedGateway Find(FabricView view, string? id)
    {
        var members = view.MembersOf(group).ToList();
        var smo = members.Find(m => m.IsSmo)
            ?? throw new GaiaRefusal(503, "generic_err_not_available", "The Security Group has no active member");
        var asked = id is null ? smo : members.Find(m => IdOf(m) == id)
            ?? throw GaiaRefusal.Invalid("member-id", $"Member [{id}] is not in the Security Group");
        return asked.State == SgmState.Lost
            ? throw new GaiaRefusal(500, "generic_err_member_unreachable", $"Member [{id}] does not answer")
            : asked;
    }

    private static string IdOf(SimulatedGateway member) =>
        string.Create(CultureInfo.InvariantCulture, $"{member.Site}_{member.MemberId}");

    private static JsonObject Listed(JsonNode[] objects) => new()
    {
        ["from"] = 1,
        ["objects"] = new JsonArray(objects),
        ["to"] = objects.Length,
        ["total"] = objects.Length,
    };

    private static JsonNode Core(double busyPercent, int number) => new JsonObject
    {
        ["name"] = string.Create(CultureInfo.InvariantCulture, $"cpu{number}"),
        ["idle"] = Math.Round(100 - busyPercent, 2),
    };

    private static JsonObject Amounts(string type, double total, double usedPercent)
    {
        var used = Math.Round(total * usedPercent / 100);
        return new JsonObject { ["type"] = type, ["total"] = total, ["used"] = used, ["free"] = total - used };
    }
}
