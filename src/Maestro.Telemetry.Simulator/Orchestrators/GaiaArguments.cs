using System.Text.Json.Nodes;

namespace Maestro.Telemetry.Simulator.Orchestrators;

/// <summary>Reads the body of a command and refuses what does not fit, as the vendor does.</summary>
internal sealed class GaiaArguments(JsonObject body)
{
    /// <summary>Refuses a body with a parameter other than these.</summary>
    public void Allow(params ReadOnlySpan<string> names)
    {
        foreach (var (name, _) in body)
        {
            if (!names.Contains(name))
            {
                throw GaiaRefusal.Unrecognized(name);
            }
        }
    }

    public JsonNode? this[string name] => body[name];

    public string? Text(string name) => body[name] switch
    {
        null => null,
        JsonValue value when value.TryGetValue<string>(out var text) => text,
        _ => throw GaiaRefusal.Invalid(name, "The value must be a string"),
    };

    public string RequiredText(string name) => Text(name) ?? throw GaiaRefusal.Missing(name);

    public int? Number(string name) => body[name] switch
    {
        null => null,
        JsonValue value when value.TryGetValue<int>(out var number) => number,
        _ => throw GaiaRefusal.Invalid(name, "The value must be an integer"),
    };

    public bool Flag(string name) => body[name] switch
    {
        null => false,
        JsonValue value when value.TryGetValue<bool>(out var flag) => flag,
        _ => throw GaiaRefusal.Invalid(name, "The value must be a boolean"),
    };
}
