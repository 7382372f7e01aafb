using System.Globalization;

namespace Maestro.Telemetry.Agent;

/// <summary>Sentences about values that are out of their range.</summary>
internal static class Ranges
{
    /// <summary>Nothing, or one sentence with the key, the value and what to give instead.</summary>
    public static IEnumerable<string> Check<T>(string key, T value, T least, T most)
        where T : IComparable<T>, IFormattable
    {
        // Written so that NaN, which is neither above nor below, is refused.
        if (!(value.CompareTo(least) >= 0 && value.CompareTo(most) <= 0))
        {
            yield return string.Create(CultureInfo.InvariantCulture,
                $"{key} is {value}; give a value from {least} to {most}.");
        }
    }
}
