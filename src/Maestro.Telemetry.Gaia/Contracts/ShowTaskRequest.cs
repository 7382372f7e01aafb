namespace Maestro.Telemetry.Gaia.Contracts;

internal sealed class ShowTaskRequest
{
    public required string TaskId { get; init; }
}
