using System.Globalization;
using Maestro.Telemetry.Protocol.V1;

namespace Maestro.Telemetry.Agent;

/// <summary>
/// How each key of the configuration is set. It is a table rather than reflection so that the agent can be trimmed, and
/// so that all that is wrong is found at once.
/// </summary>
internal static class AgentSettings
{
    private const string InterfacesKey = "Linux:Interfaces";
    private const string CoreTypesKey = "Linux:CoreTypes";

    private static readonly Dictionary<string, Func<AgentOptions, string, string?>> Setters =
        new(StringComparer.OrdinalIgnoreCase)
        {
            ["Server"] = Text((o, v) => o.Server = v),
            ["TokenFile"] = Text((o, v) => o.TokenFile = v),
            ["CaFile"] = Text((o, v) => o.CaFile = v),
            ["CertificateFile"] = Text((o, v) => o.CertificateFile = v),
            ["KeyFile"] = Text((o, v) => o.KeyFile = v),
            ["Serial"] = Text((o, v) => o.Serial = v),
            ["AgentId"] = Text((o, v) => o.AgentId = v),
            ["Site"] = Integer((o, v) => o.Site = v),
            ["Orchestrator"] = Text((o, v) => o.Orchestrator = v),
            ["Group"] = Integer((o, v) => o.Group = v),
            ["Model"] = Text((o, v) => o.Model = v),
            ["Release"] = Text((o, v) => o.Release = v),
            ["Interval"] = Duration((o, v) => o.Interval = v),
            ["Source"] = Text((o, v) => o.Source = v),
            ["Linux:ProcRoot"] = Text((o, v) => o.Linux.ProcRoot = v),
            ["Trace:PeakBusyPercent"] = Real((o, v) => o.Trace.PeakBusyPercent = v),
            ["Trace:PeakBitsPerSecond"] = Real((o, v) => o.Trace.PeakBitsPerSecond = v),
            ["Trace:Members"] = Integer((o, v) => o.Trace.Members = v),
            ["Trace:Loop"] = Flag((o, v) => o.Trace.Loop = v),
            ["Trace:StartNow"] = Flag((o, v) => o.Trace.StartNow = v),
            ["Sender:MaxOutboxRows"] = Integer((o, v) => o.Sender.MaxOutboxRows = v),
            ["Sender:MaxOutboxBytes"] = Large((o, v) => o.Sender.MaxOutboxBytes = v),
            ["Sender:BatchRows"] = Integer((o, v) => o.Sender.BatchRows = v),
            ["Sender:Linger"] = Duration((o, v) => o.Sender.Linger = v),
            ["Sender:MaxWindowBatches"] = Integer((o, v) => o.Sender.MaxWindowBatches = v),
            ["Sender:OpenTimeout"] = Duration((o, v) => o.Sender.OpenTimeout = v),
            ["Sender:AcknowledgementTimeout"] = Duration((o, v) => o.Sender.AcknowledgementTimeout = v),
            ["Sender:BackoffBase"] = Duration((o, v) => o.Sender.BackoffBase = v),
            ["Sender:BackoffMax"] = Duration((o, v) => o.Sender.BackoffMax = v),
            ["Sender:RejectedRetry"] = Duration((o, v) => o.Sender.RejectedRetry = v),
            ["Sender:StopGrace"] = Duration((o, v) => o.Sender.StopGrace = v),
            ["Sender:Seed"] = Integer((o, v) => o.Sender.Seed = v),
            ["Journal:Directory"] = Text((o, v) => o.Journal.Directory = v),
            ["Journal:SegmentBytes"] = Integer((o, v) => o.Journal.SegmentBytes = v),
            ["Journal:SyncInterval"] = Duration((o, v) => o.Journal.SyncInterval = v),
        };

    /// <summary>All keys, as they are written in a file under the section.</summary>
    public static IReadOnlyList<string> Keys { get; } =
        [.. Setters.Keys.Append(InterfacesKey).Append(CoreTypesKey).Order(StringComparer.Ordinal)];

    /// <summary>Sets one option.</summary>
    /// <param name="options">The options.</param>
    /// <param name="key">The key under the section, for example "Sender:Linger".</param>
    /// <param name="value">The value as text.</param>
    /// <returns>What is wrong, as the rest of a sentence that begins with the key; null when nothing is.</returns>
    public static string? Set(AgentOptions options, string key, string value)
    {
        if (Setters.TryGetValue(key, out var set))
        {
            return set(options, value);
        }

        if (IsUnder(InterfacesKey, key))
        {
            options.Linux.Interfaces = value.Length > 0 ? [.. options.Linux.Interfaces, value] : options.Linux.Interfaces;
            return null;
        }

        return IsUnder(CoreTypesKey, key)
            ? SetCoreType(options, key[CoreTypesKey.Length..].TrimStart(':'), value)
            : $"is no setting of the agent; use one of {string.Join(", ", Keys)}.";
    }

    private static bool IsUnder(string list, string key) =>
        key.StartsWith(list, StringComparison.OrdinalIgnoreCase)
        && (key.Length == list.Length || (key[list.Length] == ':' && !key[(list.Length + 1)..].Contains(':')));

    private static string? SetCoreType(AgentOptions options, string core, string value)
    {
        if (core.Length == 0 && value.Length == 0)
        {
            return null;
        }

        if (!int.TryParse(core, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || !Enum.TryParse<CoreType>(value, ignoreCase: true, out var type)
            || !Enum.IsDefined(type))
        {
            return $"is '{value}'; give a core's number as the key and FW, SND or OTHER as the value.";
        }

        options.Linux.CoreTypes = new Dictionary<int, CoreType>(options.Linux.CoreTypes) { [number] = type };
        return null;
    }

    private static Func<AgentOptions, string, string?> Text(Action<AgentOptions, string> set) => (options, value) =>
    {
        set(options, value);
        return null;
    };

    private static Func<AgentOptions, string, string?> Integer(Action<AgentOptions, int> set) => Parsed(
        set,
        (string text, out int value) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value),
        "give a whole number");

    private static Func<AgentOptions, string, string?> Large(Action<AgentOptions, long> set) => Parsed(
        set,
        (string text, out long value) =>
            long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value),
        "give a whole number");

    private static Func<AgentOptions, string, string?> Real(Action<AgentOptions, double> set) => Parsed(
        set,
        (string text, out double value) =>
            double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value),
        "give a number");

    private static Func<AgentOptions, string, string?> Flag(Action<AgentOptions, bool> set) =>
        Parsed(set, (string text, out bool value) => bool.TryParse(text, out value), "give true or false");

    private static Func<AgentOptions, string, string?> Duration(Action<AgentOptions, TimeSpan> set) => Parsed(
        set,
        (string text, out TimeSpan value) => TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out value),
        "give a duration as hours:minutes:seconds, such as 00:00:10");

    private static Func<AgentOptions, string, string?> Parsed<T>(
        Action<AgentOptions, T> set, TryParse<T> parse, string remedy) => (options, text) =>
    {
        if (!parse(text, out var value))
        {
            return $"is '{text}'; {remedy}.";
        }

        set(options, value);
        return null;
    };

    private delegate bool TryParse<T>(string text, out T value);
}
