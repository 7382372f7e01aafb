using System.Globalization;
using System.Text.Json;
using Maestro.Telemetry.Cli.Common;

namespace Maestro.Telemetry.Cli.Replays.Scenarios;

/// <summary>
/// The fields of an object of a scenario. What is wrong with one goes to the list of errors, with its path, and the next
/// is read.
/// </summary>
internal sealed class ScenarioFields
{
    private readonly JsonElement _object;
    private readonly string _path;
    private readonly List<string> _errors;
    private readonly List<string> _asked = [];

    public ScenarioFields(JsonElement element, string path, List<string> errors)
    {
        (_object, _path, _errors) = (element, path, errors);
        IsObject = element.ValueKind == JsonValueKind.Object;
        if (element.ValueKind != JsonValueKind.Object)
        {
            _object = JsonElement.Parse("{}");
            errors.Add($"{(path.Length == 0 ? "the scenario" : path)} is {Show(element)}; write an object.");
        }
    }

    /// <summary>False when something else stands in the place of the object; it has no fields then.</summary>
    public bool IsObject { get; }

    /// <summary>Where a field is, like groups[0].policy.quantile.</summary>
    public string PathOf(string name) => _path.Length == 0 ? name : $"{_path}.{name}";

    public double? Number(string name, double least, double most) => Find(name) is not { } field ? null
        : field.ValueKind == JsonValueKind.Number && field.TryGetDouble(out var value) && value >= least && value <= most
            ? value
            : Wrong<double>(name, field, string.Create(CultureInfo.InvariantCulture, $"a number from {least} to {most}"));

    public int? Whole(string name, int least, int most) => Find(name) is not { } field ? null
        : field.ValueKind == JsonValueKind.Number && field.TryGetInt32(out var value) && value >= least && value <= most
            ? value
            : Wrong<int>(name, field, string.Create(CultureInfo.InvariantCulture, $"a whole number from {least} to {most}"));

    public bool? Flag(string name) => Find(name) is not { } field ? null
        : field.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? field.GetBoolean()
            : Wrong<bool>(name, field, "true or false");

    public TimeSpan? Duration(string name) => Find(name) is not { } field ? null
        : field.ValueKind == JsonValueKind.String && Durations.TryParse(field.GetString()!, out var value)
            ? value
            : Wrong<TimeSpan>(name, field, "a duration like \"15m\" or \"1h30m\"");

    public DateTimeOffset? Time(string name) => Find(name) is not { } field ? null
        : field.ValueKind == JsonValueKind.String && Times.TryParse(field.GetString()!, out var value)
            ? value
            : Wrong<DateTimeOffset>(name, field, "a time like \"2026-01-31T23:55:00Z\"");

    public string? Text(string name)
    {
        if (Find(name) is not { } field || (field.ValueKind == JsonValueKind.String && field.GetString()!.Length == 0))
        {
            return null;
        }

        if (field.ValueKind == JsonValueKind.String)
        {
            return field.GetString();
        }

        Wrong<int>(name, field, "a text");
        return null;
    }

    /// <summary>One of several words; null when it is left out.</summary>
    public T? Choice<T>(string name, IReadOnlyDictionary<string, T> choices)
        where T : struct => Find(name) is not { } field ? null
        : field.ValueKind == JsonValueKind.String && choices.TryGetValue(field.GetString()!, out var value)
            ? value
            : Wrong<T>(name, field, $"one of {string.Join(", ", choices.Keys)}");

    /// <summary>A text or several of them; none when it is left out.</summary>
    public IReadOnlyList<string> Texts(string name)
    {
        if (Find(name) is not { } field)
        {
            return [];
        }

        JsonElement[] all = field.ValueKind == JsonValueKind.Array ? [.. field.EnumerateArray()] : [field];
        if (all.Length > 0 && all.All(static e => e.ValueKind == JsonValueKind.String && e.GetString()!.Length > 0))
        {
            return [.. all.Select(static e => e.GetString()!)];
        }

        Wrong<int>(name, field, "a text, or an array of texts");
        return [];
    }

    /// <summary>An object within; one without fields when it is left out.</summary>
    public ScenarioFields Within(string name) =>
        new(Find(name) ?? JsonElement.Parse("{}"), PathOf(name), _errors);

    /// <summary>The objects of an array; none when it is left out.</summary>
    public IReadOnlyList<ScenarioFields> Each(string name)
    {
        if (Find(name) is not { } field)
        {
            return [];
        }

        if (field.ValueKind == JsonValueKind.Array)
        {
            return
            [
                .. field.EnumerateArray().Select((element, i) =>
                    new ScenarioFields(element, string.Create(CultureInfo.InvariantCulture, $"{PathOf(name)}[{i}]"), _errors)),
            ];
        }

        Wrong<int>(name, field, "an array of objects");
        return [];
    }

    /// <summary>Adds an error about a field.</summary>
    public void Error(string name, string problem) => _errors.Add($"{PathOf(name)} {problem}.");

    /// <summary>Complains of fields that nobody asked for. To be called last.</summary>
    public void Done()
    {
        foreach (var field in _object.EnumerateObject().Where(field => !_asked.Contains(field.Name)))
        {
            _errors.Add($"{PathOf(field.Name)} is no field; there are {string.Join(", ", _asked)}.");
        }
    }

    private static string Show(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        _ when element.GetRawText() is { Length: > 40 } text => $"{text[..40]}…",
        _ => element.GetRawText(),
    };

    private JsonElement? Find(string name)
    {
        _asked.Add(name);
        return _object.TryGetProperty(name, out var field) && field.ValueKind != JsonValueKind.Null ? field : null;
    }

    private T? Wrong<T>(string name, JsonElement field, string wanted)
        where T : struct
    {
        Error(name, $"is {Show(field)}; it must be {wanted}");
        return null;
    }
}
