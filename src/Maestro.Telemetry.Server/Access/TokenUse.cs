using System.Text.Json;

namespace Maestro.Telemetry.Server.Access;

/// <summary>
/// When tokens were last used. A file of its own, which the server alone writes: it never has to wait for the command
/// line, and what is lost with it is not worth more than a line in a list.
/// </summary>
internal sealed class TokenUse(string directory)
{
    private const string FileName = "tokens-used.json";

    private readonly string _path = Path.Combine(directory, FileName);

    /// <summary>By the tokens' ids; empty when nothing is known.</summary>
    public Dictionary<string, DateTimeOffset?> Read()
    {
        try
        {
            using var stream = File.OpenRead(_path);
            return JsonSerializer.Deserialize<Dictionary<string, DateTimeOffset?>>(stream) ?? [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            // It is shown as "never"; the server writes it anew.
            return [];
        }
    }

    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public void Write(IReadOnlyDictionary<string, DateTimeOffset?> used) =>
        OwnFile.Replace(_path, JsonSerializer.SerializeToUtf8Bytes(used));
}
