using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Server.Receivers.Skyline;

namespace Maestro.Telemetry.Server.Receivers.Intake;

/// <summary>A point on its way into a row.</summary>
/// <param name="Series">Of what.</param>
/// <param name="Serial">Of which SGM.</param>
/// <param name="TimeMs">The time of the row.</param>
/// <param name="ExactMs">The time of the point.</param>
/// <param name="Value">In the unit of the target; of a counter, its total.</param>
internal readonly record struct Contribution(
    KnownSeries Series, GatewaySerial Serial, long TimeMs, long ExactMs, double Value);
