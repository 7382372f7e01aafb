using System.Globalization;

namespace Maestro.Telemetry.Fabric;

/// <summary>The number of a Security Group, from 1.</summary>
public readonly record struct SecurityGroupId(int Value) : IComparable<SecurityGroupId>
{
    public int CompareTo(SecurityGroupId other) => Value.CompareTo(other.Value);

    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);

    public static bool operator <(SecurityGroupId left, SecurityGroupId right) => left.Value < right.Value;

    public static bool operator >(SecurityGroupId left, SecurityGroupId right) => left.Value > right.Value;

    public static bool operator <=(SecurityGroupId left, SecurityGroupId right) => left.Value <= right.Value;

    public static bool operator >=(SecurityGroupId left, SecurityGroupId right) => left.Value >= right.Value;
}
