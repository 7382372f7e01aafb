using System.Globalization;

namespace Maestro.Telemetry.Server.Configuration;

/// <summary>Collects errors that name the key, the value and the remedy.</summary>
public sealed class SettingErrors(string section)
{
    private readonly List<string> _errors = [];

    public IReadOnlyList<string> All => _errors;

    public void Add(string key, object? value, string remedy) =>
        _errors.Add(string.Create(CultureInfo.InvariantCulture, $"{section}:{key} is {Show(value)}; {remedy}"));

    /// <summary>Takes errors that already name their key, value and remedy.</summary>
    public void AddRange(IEnumerable<string> errors) => _errors.AddRange(errors);

    /// <summary>From <paramref name="minimum"/> to <paramref name="maximum"/>.</summary>
    /// <param name="key">The setting.</param>
    /// <param name="value">Its value.</param>
    /// <param name="minimum">The smallest that can be used.</param>
    /// <param name="maximum">The largest that can be used.</param>
    /// <param name="reason">Why not more, where that is not plain to see.</param>
    public void Range<T>(string key, T value, T minimum, T maximum, string? reason = null)
        where T : IComparable<T>, IFormattable
    {
        if (value.CompareTo(minimum) < 0 || value.CompareTo(maximum) > 0)
        {
            var because = reason is null ? "" : $": {reason}";
            Add(key, value, string.Create(
                CultureInfo.InvariantCulture, $"it must be from {minimum} to {maximum}{because}."));
        }
    }

    /// <summary>Above <paramref name="low"/> and at most <paramref name="high"/>.</summary>
    public void Fraction(string key, double value, double low = 0, double high = 1)
    {
        if (!(value > low && value <= high))
        {
            Add(key, value, string.Create(CultureInfo.InvariantCulture, $"it must be above {low} and at most {high}."));
        }
    }

    public void Required(string key, string? value, string example)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            Add(key, value, $"it must be set, for example {example}.");
        }
    }

    private static string Show(object? value) => value switch
    {
        null or "" => "not set",
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => $"'{value}'",
    };
}
