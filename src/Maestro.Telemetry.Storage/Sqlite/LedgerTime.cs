using System.Globalization;

namespace Maestro.Telemetry.Storage.Sqlite;

/// <summary>Times as the ledger keeps them: exact, in UTC, and in the order of their text.</summary>
internal static class LedgerTime
{
    public static string Format(DateTimeOffset time) => time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    public static string? Format(DateTimeOffset? time) => time is { } value ? Format(value) : null;

    public static DateTimeOffset Parse(string text) =>
        DateTimeOffset.ParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);

    public static DateTimeOffset? ParseOrNull(string? text) => text is null ? null : Parse(text);
}
