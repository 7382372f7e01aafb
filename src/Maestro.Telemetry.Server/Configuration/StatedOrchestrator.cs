using System.Globalization;
using Maestro.Telemetry.Fabric;

namespace Maestro.Telemetry.Server.Configuration;

/// <summary>What is stated of an Orchestrator, because its API does not say it. Left out means not known.</summary>
public sealed class StatedOrchestrator
{
    /// <summary>The id it has in Maestro:Gaia:Orchestrators, for example 1_1.</summary>
    public string Id { get; set; } = "";

    /// <summary>For example MHO-175.</summary>
    public string? Model { get; set; }

    public string? Release { get; set; }

    /// <summary>The Jumbo Hotfix take.</summary>
    public int? Take { get; set; }

    /// <summary>Whether the Orchestrators of its site have more than one sync link.</summary>
    public bool? RedundantSync { get; set; }

    /// <summary>None, InProgress or Failed. While an upgrade has not ended, nothing is changed on the site.</summary>
    public UpgradeState? Upgrade { get; set; }

    public List<StatedSyncPort> SyncPorts { get; set; } = [];

    public void Check(string key, SettingErrors errors)
    {
        errors.Required($"{key}:Id", Id, "1_1");
        if (Release is not null && !new Release(Release).IsKnown)
        {
            errors.Add($"{key}:Release", Release, "it must be a release such as R82 or R80.20SP.");
        }

        if (Take is { } take)
        {
            errors.Range($"{key}:Take", take, 0, 100_000);
        }

        for (var i = 0; i < SyncPorts.Count; i++)
        {
            SyncPorts[i].Check(string.Create(CultureInfo.InvariantCulture, $"{key}:SyncPorts:{i}"), errors);
        }
    }

    /// <summary>The Orchestrator with what is stated of it; what was read stands where nothing is stated.</summary>
    public OrchestratorStatus Complete(OrchestratorStatus read) => read with
    {
        Model = Model ?? read.Model,
        Release = Release is { } release ? new Release(release) : read.Release,
        Take = Take ?? read.Take,
        RedundantSync = RedundantSync ?? read.RedundantSync,
        Upgrade = Upgrade ?? read.Upgrade,
        SyncPorts = SyncPorts.Count > 0 ? [.. SyncPorts.Select(p => p.ToPort())] : read.SyncPorts,
    };
}
