namespace Maestro.Telemetry.Server.Configuration;

/// <summary>A section of the configuration that can say everything that is wrong with it.</summary>
public interface ISection
{
    /// <summary>The section's key, for example Maestro:Ingest.</summary>
    static abstract string SectionName { get; }

    /// <summary>Adds an error for each setting that cannot be used.</summary>
    void Check(SettingErrors errors);
}
