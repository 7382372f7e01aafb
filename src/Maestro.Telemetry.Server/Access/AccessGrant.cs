using System.Globalization;
using Maestro.Telemetry.Server.Configuration;

namespace Maestro.Telemetry.Server.Access;

/// <summary>What a configured caller may do.</summary>
public abstract class AccessGrant
{
    /// <summary>Viewer, Operator or Agent.</summary>
    /// <value>The default is Viewer.</value>
    public CallerRole Role { get; set; } = CallerRole.Viewer;

    /// <summary>The SGMs whose samples an agent may report; * for every one.</summary>
    public List<string> Serials { get; set; } = [];

    protected void CheckGrant(string key, SettingErrors errors)
    {
        if (!Enum.IsDefined(Role))
        {
            errors.Add($"{key}:{nameof(Role)}", Role, "it must be Viewer, Operator or Agent.");
        }

        if (Role is CallerRole.Agent && Serials.Count == 0)
        {
            errors.Add(
                $"{key}:{nameof(Serials)}", null, "name the SGMs that it may report samples of, or * for every one.");
        }

        foreach (var (i, serial) in Serials.Index().Where(s => string.IsNullOrWhiteSpace(s.Item)))
        {
            errors.Add(
                string.Create(CultureInfo.InvariantCulture, $"{key}:{nameof(Serials)}:{i}"), serial, "it must be a serial number, or *.");
        }
    }
}
