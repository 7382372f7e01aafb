using Maestro.Telemetry.Fabric;

namespace Maestro.Telemetry.Server.Configuration;

/// <summary>What is stated of an SGM, because the Orchestrator does not say it. Left out means not known.</summary>
public sealed class StatedGateway
{
    public string Serial { get; set; } = "";

    /// <summary>Whether it has a valid licence. Without one it joins no group.</summary>
    public bool? Licensed { get; set; }

    /// <summary>Whether its sync address matches the SKU of the appliance. If it does not, it joins no group.</summary>
    public bool? SyncAddressMatches { get; set; }

    /// <summary>None, InProgress or Failed. While an upgrade has not ended, the SGM stays where it is.</summary>
    public UpgradeState? Upgrade { get; set; }

    public void Check(string key, SettingErrors errors) => errors.Required($"{key}:Serial", Serial, "2108BA1058");

    /// <summary>The SGM with what is stated of it; what was read stands where nothing is stated.</summary>
    public Gateway Complete(Gateway read) => read with
    {
        Licensed = Licensed ?? read.Licensed,
        SyncAddressMatches = SyncAddressMatches ?? read.SyncAddressMatches,
        Upgrade = Upgrade ?? read.Upgrade,
    };
}
