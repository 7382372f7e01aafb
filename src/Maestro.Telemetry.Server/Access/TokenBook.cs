using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Maestro.Telemetry.Server.Access;

/// <summary>The tokens as a running server knows them. Safe for concurrent use.</summary>
internal sealed class TokenBook(string directory, TimeProvider time)
{
    private readonly TokenFile _file = new(directory, time);
    private readonly TokenUse _use = new(directory);
    private readonly Lock _refreshing = new();
    private readonly ConcurrentDictionary<string, DateTimeOffset?> _used = new(StringComparer.Ordinal);
    private volatile Dictionary<string, LiveToken> _live = [];
    private (DateTime Written, long Length) _stamp;

    public string Path => _file.Path;

    /// <summary>Tokens that let somebody in now.</summary>
    public int Count => _live.Count;

    /// <summary>Whom a secret stands for; null when for nobody.</summary>
    public (Identity Identity, string Id)? Find(string secret)
    {
        if (!TokenSecret.IsWellFormed(secret))
        {
            return null;
        }

        // Found by a part of the hash, which tells nobody how to make the secret, and held against all of it.
        var hash = TokenSecret.Hash(secret);
        var id = AccessToken.IdOf(hash);
        if (!_live.TryGetValue(id, out var live)
            || !CryptographicOperations.FixedTimeEquals(hash, live.Hash)
            || live.Token.StateAt(time.GetUtcNow()) is not TokenState.Active)
        {
            return null;
        }

        _used[id] = time.GetUtcNow();
        return (live.Identity, id);
    }

    /// <summary>Takes over what has changed in the file, and ends what was revoked or is over.</summary>
    /// <exception cref="TokenFileException">The file cannot be used; what was known stays.</exception>
    public void Refresh()
    {
        lock (_refreshing)
        {
            RefreshNow();
        }
    }

    /// <summary>Writes down when tokens were last used, if that has changed.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public void SaveUse()
    {
        var known = _use.Read();
        var changed = false;
        foreach (var (id, at) in _used)
        {
            if (known.GetValueOrDefault(id) != at)
            {
                known[id] = at;
                changed = true;
            }
        }

        if (changed)
        {
            _use.Write(known.Where(k => _live.ContainsKey(k.Key) || _used.ContainsKey(k.Key)).ToDictionary());
        }
    }

    private void RefreshNow()
    {
        var file = new FileInfo(_file.Path);
        var stamp = file.Exists ? (file.LastWriteTimeUtc, file.Length) : default;
        if (stamp != _stamp)
        {
            Replace(_file.Read());

            // Only now: a file that could not be read is looked at again.
            _stamp = stamp;
        }

        var now = time.GetUtcNow();
        if (_live.Values.Any(l => l.Token.StateAt(now) is not TokenState.Active))
        {
            Replace([.. _live.Values.Select(l => l.Token)]);
        }
    }

    private void Replace(IReadOnlyList<AccessToken> tokens)
    {
        var now = time.GetUtcNow();
        var before = _live;
        var next = new Dictionary<string, LiveToken>(StringComparer.Ordinal);
        foreach (var token in tokens.Where(t => t.StateAt(now) is TokenState.Active))
        {
            next[token.Id] = before.TryGetValue(token.Id, out var same) && same.IsOf(token) ? same : new LiveToken(token);
        }

        _live = next;
        foreach (var ended in before.Values.Where(l => next.GetValueOrDefault(l.Token.Id) != l))
        {
            ended.End();
        }
    }

    /// <summary>A token that lets somebody in.</summary>
    private sealed class LiveToken : IDisposable
    {
        private readonly CancellationTokenSource _ended = new();

        public LiveToken(AccessToken token)
        {
            Token = token;
            Hash = Convert.FromHexString(token.Hash);
            Identity = new Identity(token.ToCaller(), _ended.Token);
        }

        public AccessToken Token { get; }

        public byte[] Hash { get; }

        public Identity Identity { get; }

        public bool IsOf(AccessToken token) =>
            token.Hash == Token.Hash && token.Name == Token.Name && token.Role == Token.Role
            && token.Expires == Token.Expires && token.Serials.SequenceEqual(Token.Serials, StringComparer.Ordinal);

        public void End()
        {
            _ended.Cancel();
            Dispose();
        }

        public void Dispose() => _ended.Dispose();
    }
}
