namespace Maestro.Telemetry.Series;

/// <summary>One core of an SGM.</summary>
/// <param name="Number">From 0.</param>
public readonly record struct CoreId(int Number, CoreType Type);
