using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Cli.Replays.Import;

/// <summary>The recorded demand of one group.</summary>
/// <param name="Column">What it is called in its file.</param>
/// <param name="Name">What its group is called.</param>
/// <param name="Series">One point a step, each with what was known then; NaN where nothing was.</param>
/// <param name="UnitCapacity">What one SGM carries, in the unit of the values; null where that is not known.</param>
internal sealed record ImportedTrace(string Column, string Name, TimeSeries Series, double? UnitCapacity = null);
