using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Server.Receivers;

/// <summary>Who sends, and what its columns mean.</summary>
/// <param name="Site">The site it says it is on; 0 when it does not say.</param>
/// <param name="Rules">What each row is held to, over the known columns.</param>
internal sealed record SenderProfile(
    string Agent, GatewaySerial Serial, int Site, ColumnMap Columns, SampleRules Rules);
