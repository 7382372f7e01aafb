namespace Maestro.Telemetry.Server.Configuration;

/// <summary>All that is wrong with a section that cannot be bound, of which the binder tells the first only.</summary>
internal static class SectionErrors
{
    /// <summary>
    /// The binder's error of each value by itself, then what the section says of those that can be bound.
    /// </summary>
    public static IReadOnlyList<string> Find<T>(IConfiguration configuration)
        where T : class, ISection, new()
    {
        var errors = new List<string>();
        var wrong = new List<string>();
        var right = new List<KeyValuePair<string, string?>>();
        foreach (var setting in configuration.GetSection(T.SectionName).AsEnumerable().Where(s => s.Value is not null))
        {
            try
            {
                Bind<T>([setting]);
                right.Add(setting);
            }
            catch (InvalidOperationException e)
            {
                errors.Add(Sentence(setting, e.GetBaseException()));
                wrong.Add(setting.Key);
            }
        }

        errors.AddRange(Check<T>(right).Where(error => !wrong.Any(key => IsOf(key, error))));
        return errors;
    }

    // A conversion fails for a reason of its own; all else that the binder refuses in one value is its key. Of such a
    // key the value is not shown: it may be a secret in the wrong place.
    private static string Sentence(KeyValuePair<string, string?> setting, Exception reason) =>
        reason is InvalidOperationException
            ? $"{setting.Key} is no setting; correct its name, or take it out."
            : $"{setting.Key} is '{setting.Value}'; it cannot be read: {reason.Message}";

    private static IReadOnlyList<string> Check<T>(IEnumerable<KeyValuePair<string, string?>> settings)
        where T : class, ISection, new()
    {
        var errors = new SettingErrors(T.SectionName);
        Bind<T>(settings).Check(errors);
        return errors.All;
    }

    private static T Bind<T>(IEnumerable<KeyValuePair<string, string?>> settings)
        where T : class, ISection, new()
    {
        var options = new T();
        new ConfigurationBuilder().AddInMemoryCollection(settings).Build()
            .GetSection(T.SectionName)
            .Bind(options, o => o.ErrorOnUnknownConfiguration = true);
        return options;
    }

    // A value that could not be bound was left at its default, of which nothing is to be said.
    private static bool IsOf(string key, string error) =>
        error.StartsWith($"{key} ", StringComparison.OrdinalIgnoreCase);
}
