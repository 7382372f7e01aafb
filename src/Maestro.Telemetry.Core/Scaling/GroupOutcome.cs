using Maestro.Telemetry.Fabric;

namespace Maestro.Telemetry.Scaling;

/// <summary>What a plan has decided for one group.</summary>
internal sealed record GroupOutcome(
    DecisionAction Action,
    ReasonCode Reason,
    string Sentence,
    GatewaySerial? Serial = null,
    SecurityGroupId? OtherGroup = null);
