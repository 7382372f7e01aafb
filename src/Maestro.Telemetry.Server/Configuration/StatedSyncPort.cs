using Maestro.Telemetry.Fabric;

namespace Maestro.Telemetry.Server.Configuration;

/// <summary>What is stated of a sync port.</summary>
public sealed class StatedSyncPort
{
    /// <summary>Orchestrator/port/sub-port, for example 1/48/1.</summary>
    public string Port { get; set; } = "";

    /// <summary>Internal: between the Orchestrators of a site. Site: between sites.</summary>
    public SyncPortKind Kind { get; set; } = SyncPortKind.Internal;

    /// <summary>Its speed in Gbit/s.</summary>
    public double Gigabits { get; set; }

    public void Check(string key, SettingErrors errors)
    {
        errors.Required($"{key}:Port", Port, "1/48/1");
        errors.Range($"{key}:Gigabits", Gigabits, 1, 1_600);
    }

    public SyncPort ToPort() => new(Port, Kind, Gigabits);
}
