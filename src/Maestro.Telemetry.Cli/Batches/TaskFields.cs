using System.Globalization;
using System.Text.Json;

namespace Maestro.Telemetry.Cli.Batches;

/// <summary>The fields of a task, each checked as it is read. Fields that nobody asks for are passed over.</summary>
internal readonly struct TaskFields
{
    private readonly JsonElement _task;

    /// <exception cref="FormatException">It is no object.</exception>
    public TaskFields(JsonElement task)
    {
        if (task.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException($"it is {Show(task)}; write an object with id, m, w, H and values");
        }

        _task = task;
    }

    public string Id() => Required("id") switch
    {
        { ValueKind: JsonValueKind.String } id when id.GetString() is { Length: > 0 } text => text,
        { ValueKind: JsonValueKind.Number } id => id.GetRawText(),
        var id => throw new FormatException($"id is {Show(id)}; it must be a text that tells the task from the others"),
    };

    public bool Optional(string name) =>
        _task.TryGetProperty(name, out var field) && field.ValueKind != JsonValueKind.Null;

    public int Whole(string name, int least, int most)
    {
        var field = Required(name);
        return field.ValueKind == JsonValueKind.Number && field.TryGetInt32(out var value) && value >= least && value <= most
            ? value
            : throw new FormatException(string.Create(
                CultureInfo.InvariantCulture,
                $"{name} is {Show(field)}; it must be a whole number from {least} to {most}"));
    }

    public double? Number(string name)
    {
        if (!Optional(name))
        {
            return null;
        }

        var field = _task.GetProperty(name);
        return field.ValueKind == JsonValueKind.Number && field.TryGetDouble(out var value) && double.IsFinite(value)
            ? value
            : throw new FormatException($"{name} is {Show(field)}; it must be a number, or left out");
    }

    /// <summary>Numbers, NaN where null.</summary>
    public double[] Numbers(string name)
    {
        var values = Items(name, Required(name), null, static item => item.ValueKind switch
        {
            JsonValueKind.Null => double.NaN,
            JsonValueKind.Number when item.TryGetDouble(out var value) && double.IsFinite(value) => value,
            _ => default(double?),
        }, "a finite number, or null where it is missing");
        return values.Length > 0
            ? values
            : throw new FormatException($"{name} is empty; it must hold the history, oldest value first");
    }

    public bool[] Flags(string name, int count) => !Optional(name) ? [] : Items(
        name,
        _task.GetProperty(name),
        count,
        static item => item.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            JsonValueKind.Number when item.TryGetInt32(out var flag) && flag is 0 or 1 => flag == 1,
            _ => default(bool?),
        },
        "true or false");

    public int[] Counts(string name, int count) => !Optional(name) ? [] : Items(
        name,
        _task.GetProperty(name),
        count,
        static item => item.ValueKind == JsonValueKind.Number && item.TryGetInt32(out var value) && value >= 0
            ? value
            : default(int?),
        "a whole number of at least 0");

    private static T[] Items<T>(string name, JsonElement field, int? count, Func<JsonElement, T?> read, string wanted)
        where T : struct
    {
        if (field.ValueKind != JsonValueKind.Array)
        {
            throw new FormatException($"{name} is {Show(field)}; it must be an array");
        }

        var length = field.GetArrayLength();
        if (count is { } right && length != right)
        {
            throw new FormatException(string.Create(
                CultureInfo.InvariantCulture, $"{name} has {length} entries for {right} values; it must have one for each"));
        }

        var items = new T[length];
        var next = 0;
        foreach (var item in field.EnumerateArray())
        {
            items[next] = read(item) ?? throw new FormatException(string.Create(
                CultureInfo.InvariantCulture, $"{name}[{next}] is {Show(item)}; it must be {wanted}"));
            next++;
        }

        return items;
    }

    private static string Show(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        _ when element.GetRawText() is { Length: > 40 } text => $"{text[..40]}…",
        _ => element.GetRawText(),
    };

    private JsonElement Required(string name) => _task.TryGetProperty(name, out var field)
        ? field
        : throw new FormatException($"{name} is missing; a task has id, m, w, H and values");
}
