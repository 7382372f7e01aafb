using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Maestro.Telemetry.IntegrationTests.Interop;

/// <summary>A foreign peer at work; ends with its input, and with this object at the latest.</summary>
internal sealed class PeerProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly Task<string> _errors;

    private PeerProcess(Process process)
    {
        _process = process;
        _errors = process.StandardError.ReadToEndAsync();
    }

    public static PeerProcess Node(string script, params string[] arguments)
    {
        PeerFiles.RequireNodePackages();
        return Start("node", [script, .. arguments]);
    }

    // Debian's own interpreter: its gRPC package is installed there, whatever python3 is first on the path.
    public static PeerProcess Python(string script, params string[] arguments) =>
        Start("/usr/bin/python3", [script, .. arguments]);

    /// <summary>A program that is installed on the machine.</summary>
    public static PeerProcess Program(string name, params string[] arguments) => Start(name, arguments);

    /// <summary>The port that a server says it listens on.</summary>
    public async Task<int> ReadPortAsync()
    {
        var line = await _process.StandardOutput.ReadLineAsync().WaitAsync(Patience);
        return line?.Split(' ') is ["PORT", var port]
            ? int.Parse(port, CultureInfo.InvariantCulture)
            : throw new InvalidOperationException(
                $"The peer did not start. {PeerFiles.Remedy} It said: {line} {await _errors}");
    }

    /// <summary>All that a client says until it ends.</summary>
    public async Task<IReadOnlyList<string>> ReadLinesAsync()
    {
        var lines = new List<string>();
        while (await _process.StandardOutput.ReadLineAsync().WaitAsync(Patience) is { } line)
        {
            lines.Add(line);
        }

        return lines is not []
            ? lines
            : throw new InvalidOperationException($"The peer did not run. {PeerFiles.Remedy} It said: {await _errors}");
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        try
        {
            await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(5));
        }
        catch (TimeoutException)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private static PeerProcess Start(string program, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = PeerFiles.Directory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // No byte code beside the sources.
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        try
        {
            return new PeerProcess(Process.Start(start)!);
        }
        catch (Win32Exception e)
        {
            throw new InvalidOperationException($"{program} can't be started: {e.Message}. {PeerFiles.Remedy}", e);
        }
    }
}
