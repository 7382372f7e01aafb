namespace Maestro.Telemetry.Cli.Common;

/// <summary>A file that appears whole or not at all: it is written beside its place and moved there at the end.</summary>
internal sealed class AtomicFile : IAsyncDisposable
{
    private readonly string _path;
    private readonly string _draft;
    private bool _keep;

    private AtomicFile(string path)
    {
        _path = Path.GetFullPath(path);
        _draft = $"{_path}.{Environment.ProcessId}.tmp";
        Stream = new FileStream(_draft, FileMode.Create, FileAccess.Write, FileShare.Read, 1 << 16, useAsync: true);
    }

    public FileStream Stream { get; }

    /// <exception cref="IOException">The directory does not exist, or the like.</exception>
    /// <exception cref="UnauthorizedAccessException">The directory may not be written to.</exception>
    public static AtomicFile Create(string path) => new(path);

    /// <summary>The file is whole: on disposal it takes its place, instead of what was there.</summary>
    public void Keep() => _keep = true;

    public async ValueTask DisposeAsync()
    {
        await Stream.DisposeAsync();
        if (_keep)
        {
            File.Move(_draft, _path, overwrite: true);
        }
        else
        {
            File.Delete(_draft);
        }
    }
}
