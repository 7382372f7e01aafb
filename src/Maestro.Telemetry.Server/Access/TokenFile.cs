using System.Text.Json;
using System.Text.Json.Serialization;

namespace Maestro.Telemetry.Server.Access;

/// <summary>
/// The tokens of a data directory: one JSON file that only its owner may read, replaced as a whole. The command line
/// writes it and a server, which may be running, reads it.
/// </summary>
public sealed class TokenFile(string directory, TimeProvider time)
{
    public const string FileName = "tokens.json";

    private const string LockName = "tokens.lock";
    private const long MaxBytes = 16L << 20;
    private const int MaxTokens = 20_000;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter<CallerRole>() },
    };

    public string Path { get; } = System.IO.Path.GetFullPath(System.IO.Path.Combine(directory, FileName));

    /// <summary>How long another process that writes may hold up this one.</summary>
    /// <value>The default is 5 seconds.</value>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Every token, also those that have ended; empty when there is no file.</summary>
    /// <exception cref="TokenFileException">The file cannot be read, or is damaged.</exception>
    public IReadOnlyList<AccessToken> Read()
    {
        var used = new TokenUse(directory).Read();
        return [.. ReadFile().Select(token => token with { LastUsed = used.GetValueOrDefault(token.Id) })];
    }

    /// <summary>Makes a token and gives its secret, which is kept nowhere.</summary>
    /// <param name="name">Whose it is.</param>
    /// <param name="role">What it may do.</param>
    /// <param name="serials">The SGMs it may report samples of; <see cref="AccessToken.EverySerial"/> for all.</param>
    /// <param name="lifetime">After which it ends; null for never.</param>
    /// <exception cref="TokenFileException">The file cannot be read or written.</exception>
    public async Task<(AccessToken Token, string Secret)> CreateAsync(
        string name,
        CallerRole role,
        IReadOnlyList<string> serials,
        TimeSpan? lifetime,
        CancellationToken cancellationToken)
    {
        var secret = TokenSecret.Create();
        var now = time.GetUtcNow();
        var token = new AccessToken
        {
            Name = name,
            Role = role,
            Serials = serials,
            Hash = Convert.ToHexStringLower(TokenSecret.Hash(secret)),
            Created = now,
            Expires = now + lifetime,
        };
        await ChangeAsync(tokens => [.. tokens, token], cancellationToken);
        return (token, secret);
    }

    /// <summary>Ends the active tokens with this name, or the one with this id, and says which.</summary>
    /// <exception cref="TokenFileException">The file cannot be read or written.</exception>
    public async Task<IReadOnlyList<AccessToken>> RevokeAsync(string nameOrId, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var revoked = new List<AccessToken>();
        await ChangeAsync(
            tokens =>
            {
                revoked.AddRange(tokens
                    .Where(t => (t.Name == nameOrId || t.Id == nameOrId) && t.StateAt(now) is TokenState.Active)
                    .Select(t => t with { Revoked = now }));
                return [.. tokens.Select(t => revoked.Find(r => r.Hash == t.Hash) ?? t)];
            },
            cancellationToken);
        return revoked;
    }

    private IReadOnlyList<AccessToken> ReadFile()
    {
        try
        {
            using var stream = new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (stream.Length > MaxBytes)
            {
                throw new TokenFileException($"The tokens in '{Path}' have {stream.Length} bytes; at most {MaxBytes} are read.");
            }

            return Check(JsonSerializer.Deserialize<TokenDocument>(stream, Json)?.Tokens ?? []);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return [];
        }
        catch (JsonException e)
        {
            throw new TokenFileException(
                $"The tokens in '{Path}' cannot be read ({e.Message}). Restore the file, or delete it and make new tokens.", e);
        }
        catch (Exception e) when (e is UnauthorizedAccessException || (e is IOException and not TokenFileException))
        {
            throw new TokenFileException(
                $"The tokens in '{Path}' cannot be read ({e.Message}). Let the service's user read the file.", e);
        }
    }

    private IReadOnlyList<AccessToken> Check(IReadOnlyList<AccessToken> tokens)
    {
        var wrong = tokens.FirstOrDefault(t => t?.Hash is not { Length: 64 } hash || !hash.All(char.IsAsciiHexDigitLower));
        return wrong is null && !tokens.Contains(null!)
            ? tokens
            : throw new TokenFileException(
                $"The tokens in '{Path}' cannot be read (token '{wrong?.Name}' has no SHA-256). "
                + "Restore the file, or delete it and make new tokens.");
    }

    private async Task ChangeAsync(
        Func<IReadOnlyList<AccessToken>, IReadOnlyList<AccessToken>> change, CancellationToken cancellationToken)
    {
        try
        {
            OwnFile.EnsureDirectory(directory);
            await using var held = await HoldAsync(cancellationToken);
            var tokens = change(ReadFile());
            if (tokens.Count > MaxTokens)
            {
                throw new TokenFileException($"There would be {tokens.Count} tokens; at most {MaxTokens} are kept.");
            }

            OwnFile.Replace(Path, JsonSerializer.SerializeToUtf8Bytes(new TokenDocument { Tokens = tokens }, Json));
        }
        catch (Exception e) when (e is UnauthorizedAccessException || (e is IOException and not TokenFileException))
        {
            throw new TokenFileException(
                $"The tokens in '{Path}' cannot be written ({e.Message}). Run this as the service's user, or name its "
                + "data directory with --data.",
                e);
        }
    }

    private async Task<FileStream> HoldAsync(CancellationToken cancellationToken)
    {
        var path = System.IO.Path.Combine(directory, LockName);
        var began = time.GetTimestamp();
        while (true)
        {
            try
            {
                return OwnFile.Open(path, FileMode.OpenOrCreate, FileShare.None);
            }
            catch (IOException) when (time.GetElapsedTime(began) < Patience)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), time, cancellationToken);
            }
        }
    }
}
