namespace Maestro.Telemetry.Gaia.Contracts;

/// <summary>Commands without arguments still need a JSON object.</summary>
internal sealed class EmptyRequest;
