using System.Text.Json.Serialization;
using Maestro.Telemetry.Scaling;

namespace Maestro.Telemetry.Storage.Sqlite;

/// <summary>
/// The ledger's JSON: names in camel case, enum values by name, ids as plain values, numbers that are none as "NaN".
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    UseStringEnumConverter = true,
    Converters = [typeof(GatewaySerialConverter), typeof(SecurityGroupIdConverter), typeof(SiteIdConverter)])]
[JsonSerializable(typeof(DecisionRecord))]
[JsonSerializable(typeof(PlannerMemory))]
internal sealed partial class LedgerJson : JsonSerializerContext;
