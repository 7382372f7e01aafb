using System.Collections.Frozen;
using System.Reflection;
using System.Security.Cryptography;

namespace Maestro.Telemetry.WebConsole;

/// <summary>The static files of the web console, embedded in this assembly. Safe for concurrent use.</summary>
public static class ConsoleAssets
{
    /// <summary>
    /// The Content-Security-Policy under which the console works: its own files and endpoints, nothing inline, no
    /// frame around it.
    /// </summary>
    public const string ContentSecurityPolicy =
        "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'";

    private const string Root = "wwwroot/";
    private const string StartPage = "index.html";

    private static readonly FrozenDictionary<string, ConsoleAsset> Files = Read(typeof(ConsoleAssets).Assembly);

    /// <summary>Every file, ordered by path.</summary>
    public static IReadOnlyList<ConsoleAsset> All { get; } =
        [.. Files.Values.OrderBy(f => f.Path, StringComparer.Ordinal)];

    /// <summary>Finds a file by the path of a request; an empty path or / is the start page.</summary>
    /// <param name="path">Case counts; a leading slash does not.</param>
    /// <returns>Null when there is no such file.</returns>
    public static ConsoleAsset? Find(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var name = path.StartsWith('/') ? path[1..] : path;
        return Files.GetValueOrDefault(name.Length == 0 ? StartPage : name);
    }

    /// <summary>Opens a file as <see cref="Find"/> finds it; the caller disposes of the stream.</summary>
    /// <returns>Null when there is no such file.</returns>
    public static Stream? Open(string path) => Find(path)?.Open();

    private static FrozenDictionary<string, ConsoleAsset> Read(Assembly assembly) =>
        assembly.GetManifestResourceNames()
            .Select(resource => (Resource: resource, Name: resource.Replace('\\', '/')))
            .Where(r => r.Name.StartsWith(Root, StringComparison.Ordinal))
            .Select(r => Describe(assembly, r.Resource, r.Name[Root.Length..]))
            .ToFrozenDictionary(f => f.Path, StringComparer.Ordinal);

    private static ConsoleAsset Describe(Assembly assembly, string resource, string path)
    {
        using var content = assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The embedded file {resource} cannot be read.");
        var hash = Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 16));
        return new ConsoleAsset(assembly, resource, path, ContentType(path), $"\"{hash}\"", content.Length);
    }

    private static string ContentType(string path) => Path.GetExtension(path) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        ".png" => "image/png",
        ".ico" => "image/x-icon",
        ".json" => "application/json",
        ".txt" => "text/plain; charset=utf-8",
        var other => throw new InvalidOperationException(
            $"The file {path} has the extension '{other}', which has no content type here."),
    };
}
