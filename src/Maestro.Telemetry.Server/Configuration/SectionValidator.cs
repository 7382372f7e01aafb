
namespace Maestro.Telemetry.Server.Configuration;

internal sealed class SectionValidator<T> : IValidateOptions<T>
    where T : class, ISection
{
    public ValidateOptionsResult Validate(string? name, T options)
    {
        var errors = new SettingErrors(T.SectionName);
        options.Check(errors);
        return errors.All.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors.All);
    }
}
