using System.Globalization;

namespace Maestro.Telemetry.Fabric;

/// <summary>
/// A release name such as R81.20 or R80.20SP, ordered by number. A name that is not of that form sorts below all others.
/// </summary>
public readonly record struct Release(string Name) : IComparable<Release>
{
    public static readonly Release R8020 = new("R80.20");
    public static readonly Release R8110 = new("R81.10");
    public static readonly Release R8120 = new("R81.20");
    public static readonly Release R82 = new("R82");

    /// <summary>False when the name is not that of a release.</summary>
    public bool IsKnown => Number(Name) > 0;

    public int CompareTo(Release other) => Number(Name).CompareTo(Number(other.Name));

    public override string ToString() => Name;

    public static bool operator <(Release left, Release right) => left.CompareTo(right) < 0;

    public static bool operator >(Release left, Release right) => left.CompareTo(right) > 0;

    public static bool operator <=(Release left, Release right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Release left, Release right) => left.CompareTo(right) >= 0;

    private static double Number(string? name)
    {
        var text = name.AsSpan();
        if (text is not ['R' or 'r', ..])
        {
            return 0;
        }

        // "SP" marks the releases for Scalable Platforms; it does not change the order.
        var end = text.Length;
        while (end > 1 && char.IsAsciiLetter(text[end - 1]))
        {
            end--;
        }

        return double.TryParse(
            text[1..end], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            ? number
            : 0;
    }
}
