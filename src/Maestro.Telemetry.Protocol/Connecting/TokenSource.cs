namespace Maestro.Telemetry.Protocol.Connecting;

/// <summary>The token as its file has it now, so that a new one is used without a restart.</summary>
internal sealed class TokenSource(ServerConnectionOptions options)
{
    private readonly Lock _gate = new();
    private (DateTime Written, long Length) _stamp;
    private string? _token;

    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public string Read()
    {
        if (options.TokenFile.Length == 0)
        {
            return options.Token;
        }

        lock (_gate)
        {
            var file = new FileInfo(options.TokenFile);
            var stamp = file.Exists ? (file.LastWriteTimeUtc, file.Length) : default;
            if (_token is null || stamp != _stamp)
            {
                (_token, _stamp) = (File.ReadAllText(options.TokenFile).Trim(), stamp);
            }

            return _token;
        }
    }
}
