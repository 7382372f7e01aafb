
namespace Maestro.Telemetry.Server.Configuration;

/// <summary>Binds and checks every registered section, so that all errors are told at once.</summary>
public sealed class ConfigurationCheck
{
    private const string Root = "Maestro";

    // The agent's section may stand in the same file.
    private const string AgentSection = "Maestro:Agent";

    private readonly List<Func<IServiceProvider, IReadOnlyList<string>>> _sections = [];
    private readonly HashSet<string> _names = new([AgentSection], StringComparer.OrdinalIgnoreCase);

    internal void Add<T>()
        where T : class, ISection, new()
    {
        _names.Add(T.SectionName);
        _sections.Add(ErrorsOf<T>);
    }

    /// <summary>All errors, each naming key, value and remedy; empty when the configuration can be used.</summary>
    public IReadOnlyList<string> Run(IServiceProvider services)
    {
        var errors = _sections.SelectMany(section => section(services)).ToList();
        errors.AddRange(CrossChecks.Run(services));
        var known = string.Join(", ", _names.Order(StringComparer.Ordinal));
        errors.AddRange(services.GetRequiredService<IConfiguration>().GetSection(Root).GetChildren()
            .Where(section => !_names.Contains(section.Path))
            .Select(section => $"{section.Path} is no section; use one of {known}."));
        return errors;
    }

    private static IReadOnlyList<string> ErrorsOf<T>(IServiceProvider services)
        where T : class, ISection, new()
    {
        try
        {
            _ = services.GetRequiredService<IOptions<T>>().Value;
            return [];
        }
        catch (OptionsValidationException e)
        {
            return [.. e.Failures];
        }
        catch (InvalidOperationException e)
        {
            var all = SectionErrors.Find<T>(services.GetRequiredService<IConfiguration>());
            return all is [] ? [e.GetBaseException().Message] : all;
        }
    }
}
