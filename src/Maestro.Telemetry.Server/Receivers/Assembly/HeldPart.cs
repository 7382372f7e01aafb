using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Series;
using Maestro.Telemetry.Server.Receivers.Skyline;

namespace Maestro.Telemetry.Server.Receivers.Assembly;

/// <summary>A point whose sender was answered and that waits for those it is summed up with.</summary>
internal readonly record struct HeldPart(
    GatewaySerial Serial, long TimeMs, string Metric, MetricTarget Target, CoreId Core, string Part, double Value);
