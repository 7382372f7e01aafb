namespace Maestro.Telemetry.Cli.Imports;

/// <summary>Minutes of an SGM that were imported.</summary>
/// <param name="Store">The store that they are in.</param>
/// <param name="Group">The group that they are of.</param>
/// <param name="Serial">The SGM.</param>
/// <param name="From">Inclusive, a whole minute.</param>
/// <param name="To">Exclusive, a whole minute.</param>
internal sealed record ImportedRange(string Store, int Group, string Serial, DateTimeOffset From, DateTimeOffset To);
