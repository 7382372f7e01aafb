namespace Maestro.Telemetry.Server.Configuration;

/// <summary>Appliance models that are certified to work in one group.</summary>
public sealed class CertifiedMix
{
    /// <summary>Two or more names, as the Orchestrator gives them; case does not matter.</summary>
    public List<string> Models { get; set; } = [];

    public void Check(string key, SettingErrors errors)
    {
        if (Models.Distinct(StringComparer.OrdinalIgnoreCase).Count() < 2 || Models.Exists(string.IsNullOrWhiteSpace))
        {
            errors.Add($"{key}:Models", string.Join(", ", Models), "it must name two or more models.");
        }
    }
}
