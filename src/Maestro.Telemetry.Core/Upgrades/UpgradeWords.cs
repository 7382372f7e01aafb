using Maestro.Telemetry.Fabric;
using static System.FormattableString;

namespace Maestro.Telemetry.Upgrades;

/// <summary>How times and things are said in plans for upgrades: with the day, in UTC.</summary>
internal static class UpgradeWords
{
    public static string At(DateTimeOffset time) => Invariant($"{time.UtcDateTime:ddd d MMM HH:mm} UTC");

    public static string Sgms(int count) => count == 1 ? "1 SGM" : Invariant($"{count} SGMs");

    public static string Units(double units) => Invariant($"{units:0.##} units");

    public static string Name(SecurityGroup group) => $"SG {group.Id} ({group.Name})";

    public static string Span(TimeSpan span) => span.TotalHours >= 1
        ? Invariant($"{span.TotalHours:0.##} h")
        : Invariant($"{span.TotalMinutes:0.##} min");
}
