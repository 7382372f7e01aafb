using System.Globalization;
using System.Text.Json;

namespace Maestro.Telemetry.Cli.Replays.Import;

/// <summary>The JSON of one answer of a Prometheus server.</summary>
internal static class PrometheusAnswer
{
    /// <summary>Adds the series of a file to those of other files.</summary>
    /// <exception cref="FormatException">It is no answer to a range query.</exception>
    public static void Read(string file, List<PrometheusSeries> all)
    {
        using var stream = File.OpenRead(file);
        using var json = Parse(file, stream);
        var result = Result(file, json.RootElement);
        var index = 0;
        foreach (var item in result.EnumerateArray())
        {
            Series(file, string.Create(CultureInfo.InvariantCulture, $"data.result[{index++}]"), item, all);
        }

        if (index == 0)
        {
            throw Error(file, "data.result", "is empty", "ask for a time and a query that have data");
        }
    }

    private static JsonDocument Parse(string file, Stream stream)
    {
        try
        {
            return JsonDocument.Parse(stream);
        }
        catch (JsonException e)
        {
            throw new FormatException(string.Create(
                CultureInfo.InvariantCulture,
                $"{file}: line {e.LineNumber + 1}: it is not JSON ({e.Message}); give what /api/v1/query_range answered."), e);
        }
    }

    private static JsonElement Result(string file, JsonElement root)
    {
        if (Text(root, "status") != "success")
        {
            throw Text(root, "error") is { } error
                ? Error(file, "error", $"is '{error}'", "mend the query and ask again")
                : Error(file, "status", "is not 'success'", "give what /api/v1/query_range answered");
        }

        var data = root.TryGetProperty("data", out var found) ? found : default;
        var type = Text(data, "resultType");
        return type == "matrix" && data.TryGetProperty("result", out var result) && result.ValueKind == JsonValueKind.Array
            ? result
            : throw Error(
                file,
                "data.resultType",
                $"is '{type}'",
                "it must be 'matrix'; ask /api/v1/query_range instead of /api/v1/query");
    }

    private static void Series(string file, string place, JsonElement item, List<PrometheusSeries> all)
    {
        if (item.ValueKind != JsonValueKind.Object || !item.TryGetProperty("values", out var values)
            || values.ValueKind != JsonValueKind.Array)
        {
            throw Error(
                file,
                $"{place}.values",
                "is missing",
                "a series needs plain numbers; of a histogram ask for a rate or a quantile");
        }

        if (values.GetArrayLength() == 0)
        {
            throw Error(file, $"{place}.values", "is empty", "leave the series out, or ask for a time in which it has data");
        }

        var labels = item.TryGetProperty("metric", out var metric) && metric.ValueKind == JsonValueKind.Object
            ? metric.EnumerateObject().ToDictionary(static l => l.Name, static l => l.Value.ToString(), StringComparer.Ordinal)
            : [];
        var key = string.Join(
            '\n', labels.OrderBy(static l => l.Key, StringComparer.Ordinal).Select(static l => $"{l.Key}\t{l.Value}"));
        var series = all.FirstOrDefault(s => s.Key == key);
        if (series is null)
        {
            all.Add(series = new(key, labels));
        }

        var row = 0;
        foreach (var pair in values.EnumerateArray())
        {
            var (time, value) = Point(file, string.Create(CultureInfo.InvariantCulture, $"{place}.values[{row++}]"), pair);
            series.Points[time] = value;
        }
    }

    private static (double Time, double Value) Point(string file, string place, JsonElement pair)
    {
        if (pair.ValueKind != JsonValueKind.Array || pair.GetArrayLength() != 2
            || pair[0].ValueKind != JsonValueKind.Number || !pair[0].TryGetDouble(out var time) || time is < 0 or > 1e11)
        {
            throw Error(file, place, $"is {pair.GetRawText()}", "write a time in seconds and a value as text");
        }

        var text = pair[1].ValueKind == JsonValueKind.String ? pair[1].GetString()! : pair[1].GetRawText();
        return text switch
        {
            // What is not a number is no demand: a ratio of nothing to nothing, or of something to nothing.
            "NaN" or "+Inf" or "-Inf" or "Inf" => (time, double.NaN),
            _ when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
                && double.IsFinite(value) && value >= 0 => (time, value),
            _ => throw Error(
                file, place, $"is '{text}'", "a demand is a number of at least 0, or NaN where it is missing"),
        };
    }

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var field)
            && field.ValueKind == JsonValueKind.String
            ? field.GetString()
            : null;

    private static FormatException Error(string file, string place, string what, string remedy) =>
        new($"{file}: {place} {what}; {remedy}.");
}
