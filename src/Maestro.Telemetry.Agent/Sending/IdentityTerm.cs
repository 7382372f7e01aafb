namespace Maestro.Telemetry.Agent;

/// <summary>The time during which one identity is the one to open streams with.</summary>
internal sealed class IdentityTerm(AgentIdentity identity) : IDisposable
{
    private readonly CancellationTokenSource _over = new();

    public AgentIdentity Identity { get; } = identity;

    /// <summary>Cancelled when another identity has taken its place.</summary>
    public CancellationToken Over => _over.Token;

    public void End() => _over.Cancel();

    public void Dispose() => _over.Dispose();
}
