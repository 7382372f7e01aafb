using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Maestro.Telemetry.Server.Access;

/// <summary>
/// Who is logged in at the console. In memory only: after a restart people log in again. A session ends with its time,
/// with the credential it was opened with, or as the oldest of too many.
/// </summary>
internal sealed class SessionBook(TimeSpan lifetime, TimeProvider time, int capacity = 1_000)
{
    private const int SecretBytes = 32;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Session> _sessions = new(StringComparer.Ordinal);

    /// <summary>Opens one and gives the value of its cookie, of which only a hash is kept.</summary>
    public string Open(Identity identity)
    {
        var secret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));
        var now = time.GetUtcNow();
        lock (_gate)
        {
            foreach (var (key, _) in _sessions.Where(s => s.Value.HasEnded(now)).ToList())
            {
                _sessions.Remove(key);
            }

            if (_sessions.Count >= capacity)
            {
                _sessions.Remove(_sessions.MinBy(s => s.Value.Until).Key);
            }

            _sessions[KeyOf(secret)] = new Session(identity, now + lifetime);
        }

        return secret;
    }

    /// <summary>Null when there is no such session any more.</summary>
    public Identity? Find(string secret)
    {
        lock (_gate)
        {
            return _sessions.TryGetValue(KeyOf(secret), out var session) && !session.HasEnded(time.GetUtcNow())
                ? session.Identity
                : null;
        }
    }

    public void Close(string secret)
    {
        lock (_gate)
        {
            _sessions.Remove(KeyOf(secret));
        }
    }

    // Found by its hash, so that the time it takes tells nothing of the secret.
    private static string KeyOf(string secret) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    private sealed record Session(Identity Identity, DateTimeOffset Until)
    {
        public bool HasEnded(DateTimeOffset now) => now >= Until || Identity.Ended.IsCancellationRequested;
    }
}
