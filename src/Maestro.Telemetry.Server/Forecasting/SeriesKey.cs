using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Server.Forecasting;

/// <summary>Which demand.</summary>
internal readonly record struct SeriesKey(SecurityGroupId Group, Resource Resource)
{
    public override string ToString() => $"group {Group}, {Resource}";
}
