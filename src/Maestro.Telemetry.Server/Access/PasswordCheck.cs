using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;

namespace Maestro.Telemetry.Server.Access;

/// <summary>
/// Names and passwords. Because checking one is slow, one that was right is remembered for some minutes, as a keyed hash
/// under a key that ends with the process; and no more than two are checked at a time.
/// </summary>
internal sealed class PasswordCheck : IDisposable
{
    private const int MostRemembered = 1_000;
    private const int LongestPassword = 1_024;

    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(10);

    // Checked for names that do not exist, so that the time it takes does not tell which do.
    private static readonly PasswordHash Nobody = PasswordHash.Create(TokenSecret.Create());

    private readonly FrozenDictionary<string, (Caller Caller, PasswordHash Hash)> _users;
    private readonly Dictionary<string, DateTimeOffset> _right = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _slots = new(2);
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private readonly TimeProvider _time;

    public PasswordCheck(IEnumerable<AccessUser> users, TimeProvider time)
    {
        _time = time;
        _users = users.ToFrozenDictionary(
            u => u.Name,
            u => (Caller.Of(u.Name, u.Role, u.Serials), PasswordHash.TryParse(u.PasswordHash)!),
            StringComparer.Ordinal);
    }

    public bool HasUsers => _users.Count > 0;

    /// <summary>Whether it was right lately, which is told at once.</summary>
    public Caller? FindRemembered(string name, string password)
    {
        var key = KeyOf(name, password);
        lock (_gate)
        {
            return _right.TryGetValue(key, out var until) && until > _time.GetUtcNow() && _users.TryGetValue(name, out var user)
                ? user.Caller
                : null;
        }
    }

    /// <summary>Null when name or password is wrong.</summary>
    public async ValueTask<Caller?> CheckAsync(string name, string password, CancellationToken cancellationToken)
    {
        if (!HasUsers || password.Length > LongestPassword)
        {
            return null;
        }

        await _slots.WaitAsync(cancellationToken);
        try
        {
            var known = _users.TryGetValue(name, out var user);
            if (!(known ? user.Hash : Nobody).Matches(password) || !known)
            {
                return null;
            }

            Remember(KeyOf(name, password));
            return user.Caller;
        }
        finally
        {
            _slots.Release();
        }
    }

    public void Dispose() => _slots.Dispose();

    private void Remember(string key)
    {
        var now = _time.GetUtcNow();
        lock (_gate)
        {
            if (_right.Count >= MostRemembered)
            {
                _right.Clear();
            }

            _right[key] = now + Remembered;
        }
    }

    private string KeyOf(string name, string password) =>
        Convert.ToHexString(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"{name}\0{password}")));
}
