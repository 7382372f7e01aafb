using System.Security.Cryptography;

namespace Maestro.Telemetry.Simulator.Orchestrators;

/// <summary>The sessions of one Orchestrator. One ends when unused for its timeout, by the given clock.</summary>
internal sealed class GaiaSessions(TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, GaiaSession> _sessions = new(StringComparer.Ordinal);

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _sessions.Count;
            }
        }
    }

    public GaiaSession Open(TimeSpan timeout, bool readOnly)
    {
        // Not from the seed: a session id must not be foreseen even here, where tests might come to rely on it.
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var session = new GaiaSession(id, timeout, readOnly) { LastUsed = time.GetUtcNow() };
        lock (_gate)
        {
            _sessions.Add(id, session);
        }

        return session;
    }

    /// <summary>The session of this id, which counts as used; null when there is none or it has ended.</summary>
    public GaiaSession? Use(string id)
    {
        var now = time.GetUtcNow();
        lock (_gate)
        {
            if (!_sessions.TryGetValue(id, out var session))
            {
                return null;
            }

            if (now - session.LastUsed > session.Timeout)
            {
                _sessions.Remove(id);
                return null;
            }

            session.LastUsed = now;
            return session;
        }
    }

    public void Close(string id)
    {
        lock (_gate)
        {
            _sessions.Remove(id);
        }
    }

    public void CloseAll()
    {
        lock (_gate)
        {
            _sessions.Clear();
        }
    }
}
