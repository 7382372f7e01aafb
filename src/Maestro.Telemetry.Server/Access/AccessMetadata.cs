namespace Maestro.Telemetry.Server.Access;

/// <summary>Of an endpoint: the role that it takes.</summary>
/// <param name="Role">Null when anybody may, also who says nothing.</param>
internal sealed record AccessMetadata(CallerRole? Role);
