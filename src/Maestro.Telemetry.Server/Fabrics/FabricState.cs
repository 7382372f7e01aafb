using Maestro.Telemetry.Fabric;

namespace Maestro.Telemetry.Server.Fabrics;

/// <summary>The fabric as it was last read, for all who need it often. Replaced as a whole.</summary>
internal sealed class FabricState
{
    private volatile FabricSnapshot _current = FabricSnapshot.Empty;
    private volatile string? _problem = "The fabric has not been read yet.";

    public event Action<FabricSnapshot>? Changed;

    public FabricSnapshot Current => _current;

    /// <summary>Why the newest reading failed, in a sentence; null when it did not.</summary>
    public string? Problem => _problem;

    public bool IsKnown => _current.ReadAt > DateTimeOffset.MinValue;

    public void Set(FabricSnapshot snapshot)
    {
        _current = snapshot;
        _problem = null;
        Changed?.Invoke(snapshot);
    }

    public void Failed(string problem) => _problem = problem;
}
