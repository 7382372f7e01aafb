namespace Maestro.Telemetry.Server.Listening;

/// <summary>Of an endpoint: the surfaces it is found on.</summary>
internal sealed record SurfaceMetadata(Surface Surfaces);
