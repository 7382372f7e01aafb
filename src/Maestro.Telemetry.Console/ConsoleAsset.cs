using System.Reflection;

namespace Maestro.Telemetry.WebConsole;

/// <summary>One static file of the console.</summary>
public sealed record ConsoleAsset
{
    private readonly Assembly _assembly;
    private readonly string _resource;

    internal ConsoleAsset(
        Assembly assembly, string resource, string path, string contentType, string entityTag, long length)
    {
        _assembly = assembly;
        _resource = resource;
        Path = path;
        ContentType = contentType;
        EntityTag = entityTag;
        Length = length;
    }

    /// <summary>The path below the console's root, with forward slashes and none in front: js/app.js.</summary>
    public string Path { get; }

    /// <summary>The value of the Content-Type header; text is UTF-8 and says so.</summary>
    public string ContentType { get; }

    /// <summary>The strong value of the ETag header, quotes included: a hash of the content.</summary>
    public string EntityTag { get; }

    /// <summary>Bytes.</summary>
    public long Length { get; }

    /// <summary>Opens the content for reading; the caller disposes of it.</summary>
    public Stream Open() => _assembly.GetManifestResourceStream(_resource)
        ?? throw new InvalidOperationException($"The file {Path} is not in the assembly any more.");
}
