using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Maestro.Telemetry.Gaia;

/// <summary>Makes what an Orchestrator says fit for a log: short, on one line, without secrets.</summary>
internal static partial class GaiaText
{
    private const int MaxLength = 400;
    private const int MaxWords = 16;

    public static string Clean(string? text, params ReadOnlySpan<string?> secrets)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return "";
        }

        foreach (var secret in secrets)
        {
            if (!string.IsNullOrEmpty(secret))
            {
                text = text.Replace(secret, "[redacted]", StringComparison.Ordinal);
            }
        }

        text = SessionId().Replace(text, "$1 [redacted]");
        var line = new StringBuilder(Math.Min(text.Length, MaxLength));
        foreach (var c in text.AsSpan(0, Math.Min(text.Length, MaxLength)))
        {
            line.Append(char.IsControl(c) ? ' ' : c);
        }

        return line.ToString().Trim() + (text.Length > MaxLength ? "…" : "");
    }

    /// <summary>The words of an error, which comes as a string, an object, or an array of either.</summary>
    public static string Words(JsonElement element)
    {
        var words = new List<string>();
        Collect(element, words);
        return string.Join("; ", words.Where(w => !string.IsNullOrWhiteSpace(w)).Distinct());
    }

    private static void Collect(JsonElement element, List<string> words)
    {
        if (words.Count >= MaxWords)
        {
            return;
        }

        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                words.Add(element.GetString()!);
                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray())
                {
                    Collect(item, words);
                }

                break;
            case JsonValueKind.Object:
                foreach (var property in element.EnumerateObject())
                {
                    if (property.Name is "message" or "errors" or "error" or "fault-message")
                    {
                        Collect(property.Value, words);
                    }
                }

                break;
        }
    }

    // "Wrong session id [3f2a...]" quotes the id, which may be an older one than ours.
    [GeneratedRegex(@"\b(session[\s_-]?id|sid)\b[\s:=]*(\[[^\]]*\]|""[^""]*""|'[^']*'|[A-Za-z0-9_-]{12,})",
        RegexOptions.IgnoreCase)]
    private static partial Regex SessionId();
}
