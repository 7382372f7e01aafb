using Maestro.Telemetry.Fabric;

namespace Maestro.Telemetry.Server.Fabrics;

/// <summary>The fabric as it was last read, for all who need it often. Replaced as a whole.</summary>
internal sealed class FabricState(TimeProvider time)
{
    private readonly Lock _gate = new();
    private volatile FabricSnapshot _current = FabricSnapshot.Empty;
    private volatile string? _problem = "The fabric has not been read yet.";

    public event Action<FabricSnapshot>? Changed;

    public FabricSnapshot Current => _current;

    /// <summary>Why the newest reading failed, in a sentence; null when it did not.</summary>
    public string? Problem => _problem;

    public bool IsKnown => _current.ReadAt > DateTimeOffset.MinValue;

    /// <summary>Takes a reading. One that comes later than a newer one was overtaken and is dropped.</summary>
    public void Set(FabricSnapshot snapshot)
    {
        lock (_gate)
        {
            // A reading from the future is from before the clock was set back: it is no newer.
            if (snapshot.ReadAt < _current.ReadAt && _current.ReadAt <= time.GetUtcNow())
            {
                return;
            }

            _current = snapshot;
            _problem = null;
        }

        Changed?.Invoke(snapshot);
    }

    public void Failed(string problem) => _problem = problem;
}
