
namespace Maestro.Telemetry.Server.Configuration;

/// <summary>Binds and checks every registered section, so that all errors are told at once.</summary>
public sealed class ConfigurationCheck
{
    private const string Root = "Maestro";

    // The agent's section may stand in the same file.
    private const string AgentSection = "Maestro:Agent";

    private readonly List<Func<IServiceProvider, object>> _sections = [];
    private readonly HashSet<string> _names = new([AgentSection], StringComparer.OrdinalIgnoreCase);

    internal void Add<T>()
        where T : class, ISection
    {
        _names.Add(T.SectionName);
        _sections.Add(services => services.GetRequiredService<IOptions<T>>().Value);
    }

    /// <summary>All errors, each naming key, value and remedy; empty when the configuration can be used.</summary>
    public IReadOnlyList<string> Run(IServiceProvider services)
    {
        var errors = new List<string>();
        foreach (var section in _sections)
        {
            try
            {
                section(services);
            }
            catch (OptionsValidationException e)
            {
                errors.AddRange(e.Failures);
            }
            catch (InvalidOperationException e)
            {
                // The binder: a value of the wrong type, or a key that no setting has.
                errors.Add(e.InnerException is null ? e.Message : $"{e.Message} ({e.InnerException.Message})");
            }
        }

        var known = string.Join(", ", _names.Order(StringComparer.Ordinal));
        errors.AddRange(services.GetRequiredService<IConfiguration>().GetSection(Root).GetChildren()
            .Where(section => !_names.Contains(section.Path))
            .Select(section => $"{section.Path} is no section; use one of {known}."));
        return errors;
    }
}
