using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json.Nodes;
using Maestro.Telemetry.Simulator.Fabric;

namespace Maestro.Telemetry.Simulator.Orchestrators;

/// <summary>
/// What each command of the Gaia API does on the simulated fabric. Names, keys and the meaning of pending and apply are
/// those of the vendor's published clients; the texts of errors are plausible, not seen.
/// </summary>
internal sealed class GaiaCommands : IGaiaCommands
{
    public const string Version = "1.8";
    public const string Login = "login";
    public const string Apply = "apply-maestro-security-groups-changes";

    private const string Pending = "include-pending-changes";

    private readonly FrozenDictionary<string, Func<GaiaArguments, JsonObject>> _shows;
    private readonly FrozenDictionary<string, Func<GaiaArguments, JsonObject>> _changes;
    private readonly SimulatedFabric _fabric;
    private readonly string _orchestrator;
    private readonly int _site;
    private readonly OrchestratorOptions _options;
    private readonly GaiaTasks _tasks;
    private readonly TimeProvider _time;

    public GaiaCommands(
        SimulatedFabric fabric, string orchestrator, int site, OrchestratorOptions options, TimeProvider time)
    {
        _fabric = fabric;
        _orchestrator = orchestrator;
        _site = site;
        _options = options;
        _tasks = new(time);
        _time = time;
        _shows = new Dictionary<string, Func<GaiaArguments, JsonObject>>
        {
            ["show-maestro-security-groups"] = a => Groups(View(a, Pending)),
            ["show-maestro-security-group"] = ShowGroup,
            ["show-maestro-gateways"] = a => Gateways(View(a, Pending)),
            ["show-maestro-gateway"] = ShowGateway,
            ["show-maestro-sites"] = a => Sites(View(a, Pending)),
            ["show-maestro-ports"] = ShowPorts,
            ["show-task"] = ShowTasks,
            ["show-api-versions"] = ShowVersions,
        }.ToFrozenDictionary(StringComparer.Ordinal);
        _changes = new Dictionary<string, Func<GaiaArguments, JsonObject>>
        {
            ["set-maestro-gateway"] = SetGateway,
            [Apply] = ApplyChanges,
            ["discard-maestro-security-groups-changes"] = Discard,
        }.ToFrozenDictionary(StringComparer.Ordinal);
    }

    public bool Knows(string command) => _shows.ContainsKey(command) || _changes.ContainsKey(command);

    /// <summary>Runs a command for a session.</summary>
    /// <exception cref="GaiaRefusal">It is refused.</exception>
    public JsonObject Run(string command, GaiaArguments arguments, GaiaSession session)
    {
        if (_shows.TryGetValue(command, out var show))
        {
            return show(arguments);
        }

        return session.ReadOnly
            ? throw new GaiaRefusal(403, "generic_err_permissions", "The session is read-only")
            : _changes[command](arguments);
    }

    private (FabricView View, bool Pending) View(GaiaArguments arguments, params ReadOnlySpan<string> allowed)
    {
        Allow(arguments, allowed);
        return (_fabric.View(), arguments.Flag(Pending));
    }

    private void Allow(GaiaArguments arguments, params ReadOnlySpan<string> names)
    {
        if (_fabric.Scenario.Rules.RefuseUnknownParameters)
        {
            arguments.Allow(names);
        }
    }

    private JsonObject Groups((FabricView View, bool Pending) shown) => new()
    {
        ["security-groups"] = Array(
            _fabric.Scenario.Groups, g => GaiaJson.Group(_fabric.Scenario, g, shown.View, shown.Pending)),
    };

    private JsonObject ShowGroup(GaiaArguments arguments)
    {
        var (view, pending) = View(arguments, "id", Pending);
        var id = arguments.Number("id") ?? throw GaiaRefusal.Missing("id");
        var group = _fabric.Scenario.Groups.FirstOrDefault(g => g.Id == id)
            ?? throw GaiaRefusal.NotFound(
                string.Create(CultureInfo.InvariantCulture, $"Security Group [{id}] not found"));
        return GaiaJson.Group(_fabric.Scenario, group, view, pending);
    }

    private JsonObject Gateways((FabricView View, bool Pending) shown) => new()
    {
        ["gateways"] = Array(
            shown.View.Gateways, g => GaiaJson.Gateway(_fabric.Scenario, g, shown.Pending)),
    };

    private JsonObject ShowGateway(GaiaArguments arguments)
    {
        var (view, pending) = View(arguments, "id", Pending);
        return OneGateway(view, arguments.RequiredText("id"), pending);
    }

    private JsonObject Sites((FabricView View, bool Pending) shown) => new()
    {
        ["sites"] = Array(
            _fabric.Scenario.Sites, s => GaiaJson.Site(_fabric.Scenario, s, shown.View, shown.Pending)),
    };

    private JsonObject ShowPorts(GaiaArguments arguments)
    {
        Allow(arguments);
        return new() { ["ports"] = GaiaPorts.Of(_fabric.Scenario, _orchestrator, _site, _time.GetUtcNow()) };
    }

    private JsonObject ShowVersions(GaiaArguments arguments)
    {
        Allow(arguments);
        return new()
        {
            ["current-version"] = Version,
            ["supported-versions"] = new JsonArray([.. GaiaVersions.Supported.Select(v => (JsonNode)v)]),
        };
    }

    private JsonObject ShowTasks(GaiaArguments arguments)
    {
        Allow(arguments, "task-id");
        var ids = arguments["task-id"] switch
        {
            JsonArray several => several.Select(n => n?.ToString() ?? ""),
            _ => [arguments.RequiredText("task-id")],
        };
        return new()
        {
            ["tasks"] = Array(ids, id => _tasks.Show(id) ?? throw GaiaRefusal.NotFound($"Task [{id}] not found")),
        };
    }

    private JsonObject SetGateway(GaiaArguments arguments)
    {
        Allow(arguments, "id", "security-group", "description");
        var serial = arguments.RequiredText("id");
        if (_fabric.Stage(serial, arguments.Number("security-group"), arguments.Text("description")) is { } problem)
        {
            throw GaiaRefusal.NotFound(problem);
        }

        return OneGateway(_fabric.View(), serial, pending: true);
    }

    private JsonObject ApplyChanges(GaiaArguments arguments)
    {
        Allow(arguments);
        var problems = _fabric.Apply();
        if (_options.ApplyAsTask)
        {
            var details = problems is []
                ? Groups((_fabric.View(), false))
                : new JsonObject { ["fault-message"] = problems[0], ["errors"] = Array(problems, Error) };
            return new() { ["task-id"] = _tasks.Start(Apply, _options.TaskTime, details, problems is not []) };
        }

        return problems is []
            ? Groups((_fabric.View(), false))
            : throw new GaiaRefusal(400, "generic_error", "Failed to apply the pending changes", problems);
    }

    private JsonObject Discard(GaiaArguments arguments)
    {
        Allow(arguments);
        _fabric.Discard();
        return Groups((_fabric.View(), false));
    }

    private JsonObject OneGateway(FabricView view, string serial, bool pending) =>
        GaiaJson.Gateway(
            _fabric.Scenario,
            view.Find(serial) ?? throw GaiaRefusal.NotFound($"Gateway [{serial}] not found"),
            pending);

    private static JsonObject Error(string message) => new() { ["message"] = message };

    private static JsonArray Array<T>(IEnumerable<T> items, Func<T, JsonObject> convert) =>
        new([.. items.Select(item => (JsonNode)convert(item))]);
}
