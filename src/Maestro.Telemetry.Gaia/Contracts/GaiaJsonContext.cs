using System.Text.Json.Serialization;

namespace Maestro.Telemetry.Gaia.Contracts;

/// <summary>The messages of the Gaia API that are used here. They stop in this project.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.KebabCaseLower)]
[JsonSerializable(typeof(EmptyRequest))]
[JsonSerializable(typeof(LoginRequest))]
[JsonSerializable(typeof(TopologyRequest))]
[JsonSerializable(typeof(SetGatewayRequest))]
[JsonSerializable(typeof(ShowTaskRequest))]
[JsonSerializable(typeof(DiagnosticsRequest))]
[JsonSerializable(typeof(DiagnosticsReply))]
[JsonSerializable(typeof(LoginReply))]
[JsonSerializable(typeof(GatewaysReply))]
[JsonSerializable(typeof(SecurityGroupsReply))]
[JsonSerializable(typeof(PortsReply))]
[JsonSerializable(typeof(TaskReply))]
[JsonSerializable(typeof(ErrorReply))]
internal sealed partial class GaiaJsonContext : JsonSerializerContext;
