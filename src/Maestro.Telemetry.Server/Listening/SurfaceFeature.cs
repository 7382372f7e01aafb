namespace Maestro.Telemetry.Server.Listening;

/// <summary>Of a connection: which surface it has reached.</summary>
internal sealed record SurfaceFeature(Surface Surface);
