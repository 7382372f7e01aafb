using System.Globalization;

namespace Maestro.Telemetry.Fabric;

/// <summary>The number of a site, from 1. An SGM is cabled to one site and never changes it by software.</summary>
public readonly record struct SiteId(int Value) : IComparable<SiteId>
{
    public int CompareTo(SiteId other) => Value.CompareTo(other.Value);

    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);

    public static bool operator <(SiteId left, SiteId right) => left.Value < right.Value;

    public static bool operator >(SiteId left, SiteId right) => left.Value > right.Value;

    public static bool operator <=(SiteId left, SiteId right) => left.Value <= right.Value;

    public static bool operator >=(SiteId left, SiteId right) => left.Value >= right.Value;
}
