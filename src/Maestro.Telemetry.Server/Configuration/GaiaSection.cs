using Maestro.Telemetry.Gaia;

namespace Maestro.Telemetry.Server.Configuration;

/// <summary>
/// The Orchestrators. A server without any measures and forecasts what agents tell of themselves, and changes nothing.
/// </summary>
public sealed class GaiaSection : GaiaOptions, ISection
{
    static string ISection.SectionName => SectionName;

    public void Check(SettingErrors errors)
    {
        if (Orchestrators.Count > 0)
        {
            errors.AddRange(GaiaOptionsValidator.Check(this).Select(e => e.ToString()));
        }
    }
}
