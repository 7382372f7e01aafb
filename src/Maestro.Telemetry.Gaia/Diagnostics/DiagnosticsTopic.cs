using System.Text.Json;

namespace Maestro.Telemetry.Gaia.Diagnostics;

/// <summary>
/// The objects of one answer of show-diagnostics. The vendor's clients show some of the keys and not how they are spelled
/// in each release: case does not matter, and a number may be a text.
/// </summary>
internal sealed class DiagnosticsTopic
{
    /// <summary>More than any appliance has cores.</summary>
    public const int MaxObjects = 1_024;

    private readonly string _who;

    /// <param name="who">What the messages begin with: who answered what.</param>
    /// <param name="objects">What stands under "objects".</param>
    /// <param name="total">How many the answer says there are.</param>
    /// <exception cref="GaiaProtocolException">There are none, too many, or not all of them.</exception>
    public DiagnosticsTopic(string who, JsonElement objects, int? total)
    {
        _who = who;
        if (objects.ValueKind != JsonValueKind.Array || objects.GetArrayLength() == 0)
        {
            throw Wrong("without \"objects\"");
        }

        var count = objects.GetArrayLength();
        if (count > MaxObjects)
        {
            throw Wrong(FormattableString.Invariant($"with {count} objects; at most {MaxObjects} are read"));
        }

        if (total > count)
        {
            // The mean of some of the cores would be taken for the mean of all.
            throw Wrong(FormattableString.Invariant($"with {count} of {total} objects"));
        }

        Objects = [.. objects.EnumerateArray()];
    }

    public IReadOnlyList<JsonElement> Objects { get; }

    public GaiaProtocolException Wrong(string what) => new($"{_who} {what}.");

    /// <summary>The first of the keys that an object has with a text or a number; null when it has none.</summary>
    public static string? TextOf(JsonElement element, params ReadOnlySpan<string> keys)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        foreach (var key in keys)
        {
            foreach (var property in element.EnumerateObject())
            {
                if (property.Name.Equals(key, StringComparison.OrdinalIgnoreCase)
                    && property.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number)
                {
                    return property.Value.ToString().Trim();
                }
            }
        }

        return null;
    }
}
