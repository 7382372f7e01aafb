using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Scaling;

/// <summary>The units that one source and resource asks for.</summary>
/// <param name="Source">predicted, survive, reactive, scheduled or minimum.</param>
/// <param name="Resource">The resource; null when the source has none.</param>
/// <param name="Demand">The demand it was computed from, in the resource's unit; 0 when the source has none.</param>
/// <param name="Units">Reference SGMs asked for, not rounded.</param>
/// <param name="Note">How the units follow from the demand, in words.</param>
public sealed record DecisionTerm(string Source, Resource? Resource, double Demand, double Units, string? Note = null);
