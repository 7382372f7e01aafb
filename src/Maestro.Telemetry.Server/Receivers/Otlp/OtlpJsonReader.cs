using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Maestro.Telemetry.Server.Receivers.Intake;

namespace Maestro.Telemetry.Server.Receivers.Otlp;

/// <summary>
/// Reads an ExportMetricsServiceRequest in OTLP's JSON: lowerCamelCase names, enumerations as numbers, 64-bit numbers as
/// numbers or as text (https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding).
/// </summary>
/// <typeparam name="T">How the sink knows a series.</typeparam>
internal sealed class OtlpJsonReader<T>(ISeriesSink<T> sink)
    where T : class
{
    private const int Delta = 1;
    private const uint NoRecordedValue = 1;

    private readonly KeyBuilder _key = new();

    /// <exception cref="MalformedRequestException">It is no ExportMetricsServiceRequest.</exception>
    public void Read(ReadOnlyMemory<byte> request)
    {
        using var json = Parse(request);
        try
        {
            foreach (var resource in Items(json.RootElement, "resourceMetrics"))
            {
                ReadResource(resource);
            }
        }
        catch (InvalidOperationException)
        {
            // What JsonElement throws for the escape of half a surrogate pair, wherever it is looked at.
            throw new MalformedRequestException("The body has a text that is no Unicode; send OTLP's JSON encoding.");
        }
    }

    private void ReadResource(JsonElement resource)
    {
        var attributes = Member(resource, "resource", JsonValueKind.Object) is { } described
            ? Member(described, "attributes", JsonValueKind.Array)
            : null;
        foreach (var scope in Items(resource, "scopeMetrics"))
        {
            foreach (var metric in Items(scope, "metrics"))
            {
                ReadMetric(metric, attributes);
            }
        }
    }

    private static JsonDocument Parse(ReadOnlyMemory<byte> request)
    {
        try
        {
            return JsonDocument.Parse(request);
        }
        catch (JsonException e)
        {
            throw new MalformedRequestException(FormattableString.Invariant(
                $"The body is no JSON: line {e.LineNumber + 1}, byte {e.BytePositionInLine}; send OTLP's JSON encoding."));
        }
    }

    private void ReadMetric(JsonElement metric, JsonElement? resource)
    {
        if (Member(metric, "gauge", JsonValueKind.Object) is { } gauge)
        {
            ReadPoints(gauge, metric, resource, isDelta: false);
        }

        if (Member(metric, "sum", JsonValueKind.Object) is { } sum)
        {
            var isDelta = sum.TryGetProperty("aggregationTemporality", out var temporality) && IsDelta(temporality);
            ReadPoints(sum, metric, resource, isDelta);
        }

        foreach (var name in (ReadOnlySpan<string>)["histogram", "exponentialHistogram", "summary"])
        {
            if (Member(metric, name, JsonValueKind.Object) is { } distribution)
            {
                sink.Ignore(IgnoredReason.Distribution, Items(distribution, "dataPoints").Count());
            }
        }
    }

    private static bool IsDelta(JsonElement temporality) => temporality.ValueKind switch
    {
        JsonValueKind.Number => temporality.TryGetInt32(out var number) && number == Delta,
        JsonValueKind.String => temporality.ValueEquals("AGGREGATION_TEMPORALITY_DELTA"),
        _ => throw Malformed("aggregationTemporality", temporality, "it must be 1 for delta or 2 for cumulative"),
    };

    private void ReadPoints(JsonElement data, JsonElement metric, JsonElement? resource, bool isDelta)
    {
        _key.Truncate(0);
        Append(resource);
        Append(Member(metric, "name", JsonValueKind.String));
        Append(Member(metric, "unit", JsonValueKind.String));
        _key.Append(isDelta ? "delta"u8 : []);
        var prefix = _key.Length;
        foreach (var point in Items(data, "dataPoints"))
        {
            var flags = Member(point, "flags", JsonValueKind.Number) is { } flag && flag.TryGetUInt32(out var bits)
                ? bits
                : 0;
            if (Value(point) is not { } value || (flags & NoRecordedValue) != 0)
            {
                sink.Ignore(IgnoredReason.Stale, 1);
                continue;
            }

            var attributes = Member(point, "attributes", JsonValueKind.Array);
            _key.Truncate(prefix);
            Append(attributes);
            var series = sink.Find(_key.Key) ?? sink.Describe(_key.Key, Describe(metric, isDelta, resource, attributes));
            sink.Add(series, OtlpTime.Milliseconds(Time(point)), value);
        }
    }

    private void Append(JsonElement? part) =>
        _key.Append(part is { } element ? JsonMarshal.GetRawUtf8Value(element) : []);

    private static SeriesDescription Describe(
        JsonElement metric, bool isDelta, JsonElement? resource, JsonElement? attributes)
    {
        var labels = new List<Label>();
        AddLabels(resource, labels);
        AddLabels(attributes, labels);
        return new SeriesDescription(
            OtlpNames.Normalize(Text(metric, "name")), Text(metric, "unit"), isDelta, labels);
    }

    private static void AddLabels(JsonElement? attributes, List<Label> labels)
    {
        if (attributes is not { } list)
        {
            return;
        }

        foreach (var attribute in list.EnumerateArray())
        {
            if (Member(attribute, "value", JsonValueKind.Object) is { } value && LabelValue(value) is { } text)
            {
                labels.Add(new Label(OtlpNames.Normalize(Text(attribute, "key")), text));
            }
        }
    }

    // A list or a map is no label, and is left out.
    private static string? LabelValue(JsonElement value)
    {
        foreach (var member in value.EnumerateObject())
        {
            return (member.Name, member.Value.ValueKind) switch
            {
                ("stringValue", JsonValueKind.String) => member.Value.GetString(),
                ("boolValue", JsonValueKind.True) => "true",
                ("boolValue", JsonValueKind.False) => "false",
                ("intValue", JsonValueKind.String) => member.Value.GetString(),
                ("intValue" or "doubleValue", JsonValueKind.Number) => member.Value.GetRawText(),
                _ => null,
            };
        }

        return null;
    }

    private static double? Value(JsonElement point)
    {
        if (point.TryGetProperty("asDouble", out var asDouble) && asDouble.ValueKind != JsonValueKind.Null)
        {
            return Number(asDouble, "asDouble");
        }

        return point.TryGetProperty("asInt", out var asInt) && asInt.ValueKind != JsonValueKind.Null
            ? Number(asInt, "asInt")
            : null;
    }

    private static double Number(JsonElement element, string name) => element.ValueKind switch
    {
        JsonValueKind.Number when element.TryGetDouble(out var number) => number,
        JsonValueKind.String => element.GetString() switch
        {
            "NaN" => double.NaN,
            "Infinity" => double.PositiveInfinity,
            "-Infinity" => double.NegativeInfinity,
            var text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
            _ => throw Malformed(name, element, "it must be a number"),
        },
        _ => throw Malformed(name, element, "it must be a number"),
    };

    private static ulong Time(JsonElement point)
    {
        if (!point.TryGetProperty("timeUnixNano", out var time) || time.ValueKind == JsonValueKind.Null)
        {
            return 0;
        }

        return time.ValueKind switch
        {
            JsonValueKind.Number when time.TryGetUInt64(out var number) => number,
            JsonValueKind.String when ulong.TryParse(
                time.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) => number,
            _ => throw Malformed("timeUnixNano", time, "it must be nanoseconds since 1970-01-01T00:00:00Z"),
        };
    }

    private static string Text(JsonElement element, string name) =>
        Member(element, name, JsonValueKind.String) is { } text ? text.GetString()! : "";

    private static JsonElement.ArrayEnumerator Items(JsonElement element, string name) =>
        Member(element, name, JsonValueKind.Array) is { } list ? list.EnumerateArray() : default;

    /// <summary>A member of this kind; null when there is none.</summary>
    private static JsonElement? Member(JsonElement element, string name, JsonValueKind kind)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw Malformed(name, element, "it must be a member of an object");
        }

        if (!element.TryGetProperty(name, out var member) || member.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        return member.ValueKind == kind ? member : throw Malformed(name, member, $"it must be of the kind {kind}");
    }

    private static MalformedRequestException Malformed(string name, JsonElement element, string remedy) =>
        new($"{name} is of the kind {element.ValueKind}; {remedy}, as in OTLP's JSON encoding.");
}
