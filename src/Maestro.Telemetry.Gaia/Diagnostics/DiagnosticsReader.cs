using System.Globalization;
using System.Text.Json;

namespace Maestro.Telemetry.Gaia.Diagnostics;

/// <summary>Makes shares of what show-diagnostics tells about processor and memory.</summary>
internal static class DiagnosticsReader
{
    // Senders round, so that a share may be past its end by a little.
    private const double RoundingPercent = 0.5;
    private const int MaxCore = 65_535;

    private static readonly string[] CoreKeys = ["core", "cpu", "number", "id", "name", "type"];
    private static readonly string[] WholeNames = ["all", "total", "average", "avg", "overall", "cpu"];

    /// <summary>Busy is what is not idle.</summary>
    /// <exception cref="GaiaProtocolException">A share of idle time is missing or none.</exception>
    public static CpuLoad ReadCpu(DiagnosticsTopic topic)
    {
        var rows = topic.Objects.Select(o => (Name: TextOf(o, CoreKeys), Busy: 100 - Idle(topic, o))).ToList();
        if (rows is [var only] && NumberOf(only.Name) is null)
        {
            return new(only.Busy, []);
        }

        var cores = rows.Where(row => !IsWhole(row.Name)).ToList();
        if (cores.Count == 0)
        {
            return new(rows[0].Busy, []);
        }

        var numbers = cores.Select(core => NumberOf(core.Name)).ToList();
        var areTold = numbers.TrueForAll(n => n is not null) && numbers.Distinct().Count() == numbers.Count;
        return new(
            cores.Average(core => core.Busy),
            [.. cores.Select((core, i) => new CoreLoad(areTold ? numbers[i]!.Value : i, core.Busy)).OrderBy(c => c.Number)]);
    }

    /// <summary>The share of the main memory that is used; swap does not count.</summary>
    /// <exception cref="GaiaProtocolException">There is no object with a total and what is used or free of it.</exception>
    public static double ReadMemory(DiagnosticsTopic topic)
    {
        foreach (var element in topic.Objects.Where(o => !IsSwap(TextOf(o, "type", "name"))))
        {
            if (AmountOf(element, "total") is > 0 and var total
                && (AmountOf(element, "used") ?? (total - AmountOf(element, "free"))) is { } used)
            {
                return used >= 0 && used <= total
                    ? used / total * 100
                    : throw topic.Wrong(FormattableString.Invariant($"with {used} used of a total of {total}"));
            }
        }

        throw topic.Wrong("without the main memory's \"total\" and \"used\" or \"free\" as numbers");
    }

    private static double Idle(DiagnosticsTopic topic, JsonElement core)
    {
        var text = TextOf(core, "idle");
        if (NumberIn(text?.TrimEnd('%')) is { } idle && idle is >= -RoundingPercent and <= 100 + RoundingPercent)
        {
            return Math.Clamp(idle, 0, 100);
        }

        throw topic.Wrong(text is null
            ? "without \"idle\" of each core"
            : $"with \"idle\" of '{GaiaText.Clean(text)}', which is no share from 0 to 100 percent");
    }

    private static string? TextOf(JsonElement element, params ReadOnlySpan<string> keys) =>
        DiagnosticsTopic.TextOf(element, keys);

    private static double? AmountOf(JsonElement element, string key) => NumberIn(TextOf(element, key));

    private static double? NumberIn(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number
            : null;

    private static bool IsSwap(string? type) =>
        type is not null && (type.Contains("swap", StringComparison.OrdinalIgnoreCase)
            || type.Contains("virtual", StringComparison.OrdinalIgnoreCase));

    private static bool IsWhole(string? name) =>
        name is not null && WholeNames.Contains(name, StringComparer.OrdinalIgnoreCase);

    // "3", "cpu3" and "CPU 3" are core 3.
    private static int? NumberOf(string? name)
    {
        var digits = name.AsSpan().TrimStart("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ _-#");
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= MaxCore
            ? number
            : null;
    }
}
