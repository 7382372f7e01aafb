using System.CommandLine;
using System.Globalization;

namespace Maestro.Telemetry.Benchmarks;

/// <summary>Options that are counts.</summary>
internal static class Numbers
{
    /// <summary>A count from 1 to a maximum.</summary>
    public static Option<int> Option(string name, string description, int value, int maximum)
    {
        var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => value };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is var given && (given < 1 || given > maximum))
            {
                result.AddError(string.Create(
                    CultureInfo.InvariantCulture, $"{name} is {given}; it must be from 1 to {maximum}."));
            }
        });
        return option;
    }
}
