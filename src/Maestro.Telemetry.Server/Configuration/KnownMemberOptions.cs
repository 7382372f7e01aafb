namespace Maestro.Telemetry.Server.Configuration;

/// <summary>A member whose serial the configuration tells, where labels and fabric do not. What is left out fits all.</summary>
public sealed class KnownMemberOptions
{
    public string Serial { get; set; } = "";

    /// <summary>The Security Group of the member.</summary>
    public int? SecurityGroup { get; set; }

    public int? Site { get; set; }

    /// <summary>Its number inside the group.</summary>
    public int? Member { get; set; }

    /// <summary>Its host name; case does not matter.</summary>
    public string? HostName { get; set; }

    public void Check(string key, SettingErrors errors)
    {
        errors.Required($"{key}:Serial", Serial, "2108BA1058");
        if (HostName is null && Member is null)
        {
            errors.Add($"{key}:HostName", HostName, "set it, or Member with SecurityGroup and Site, so that the entry fits one member.");
        }
    }
}
