namespace Maestro.Telemetry.Server.Configuration;

/// <summary>Reads a section as the service does, for commands that need the same settings without it.</summary>
public static class SectionReader
{
    /// <summary>
    /// The section with its defaults. The binder by itself would leave out an entry of a list that has a value it cannot
    /// read, and a key that is no setting.
    /// </summary>
    /// <param name="configuration">Of which the section is a part.</param>
    /// <param name="errors">Takes an error for each value that cannot be read and each setting that cannot be used.</param>
    public static T Read<T>(IConfiguration configuration, SettingErrors errors)
        where T : class, ISection, new()
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(errors);
        var options = new T();
        try
        {
            configuration.GetSection(T.SectionName).Bind(options, o => o.ErrorOnUnknownConfiguration = true);
        }
        catch (InvalidOperationException e)
        {
            errors.AddRange(SectionErrors.Find<T>(configuration) is { Count: > 0 } all ? all : [e.GetBaseException().Message]);
            return options;
        }

        var own = new SettingErrors(T.SectionName);
        options.Check(own);
        errors.AddRange(own.All);
        return options;
    }
}
