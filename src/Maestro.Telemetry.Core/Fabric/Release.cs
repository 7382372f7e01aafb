using System.Globalization;

namespace Maestro.Telemetry.Fabric;

/// <summary>A release name such as R81.20, ordered by number. A name that is not of that form sorts below all others.</summary>
public readonly record struct Release(string Name) : IComparable<Release>
{
    public static readonly Release R8120 = new("R81.20");

    public int CompareTo(Release other) => Number(Name).CompareTo(Number(other.Name));

    public override string ToString() => Name;

    public static bool operator <(Release left, Release right) => left.CompareTo(right) < 0;

    public static bool operator >(Release left, Release right) => left.CompareTo(right) > 0;

    public static bool operator <=(Release left, Release right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Release left, Release right) => left.CompareTo(right) >= 0;

    private static double Number(string? name) =>
        name is ['R' or 'r', .. var number]
            && double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var parsed)
            ? parsed
            : 0;
}
