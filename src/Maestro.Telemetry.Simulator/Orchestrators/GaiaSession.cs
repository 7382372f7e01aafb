namespace Maestro.Telemetry.Simulator.Orchestrators;

/// <summary>A session of one Orchestrator.</summary>
internal sealed class GaiaSession(string id, TimeSpan timeout, bool readOnly)
{
    public string Id { get; } = id;

    public TimeSpan Timeout { get; } = timeout;

    public bool ReadOnly { get; } = readOnly;

    public DateTimeOffset LastUsed { get; set; }
}
