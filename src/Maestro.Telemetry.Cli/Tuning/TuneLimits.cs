namespace Maestro.Telemetry.Cli.Tuning;

/// <summary>What a setting must keep to be recommended.</summary>
/// <param name="MaxUnder">Share of time with fewer units than needed, in percent; null for any.</param>
/// <param name="MaxCost">Unit-hours over those of the oracle that pays 1 unit-hour for a change; null for any.</param>
internal sealed record TuneLimits(double? MaxUnder, double? MaxCost);
