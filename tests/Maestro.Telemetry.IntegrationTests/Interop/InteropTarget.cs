using Grpc.Core;

namespace Maestro.Telemetry.IntegrationTests.Interop;

/// <summary>A server that our client runs the cases against, with what it is able to do.</summary>
internal sealed class InteropTarget(CallInvoker invoker, ServerAbilities abilities, EncodingProbe probe)
{
    public CallInvoker Invoker { get; } = invoker;

    public ServerAbilities Abilities { get; } = abilities;

    /// <summary>The encoding that the last response named.</summary>
    public string? LastResponseEncoding => probe.Last;
}
