using System.Diagnostics;
using Maestro.Telemetry.Benchmarks.Ingest;

namespace Maestro.Telemetry.Benchmarks.Peers;

/// <summary>Somebody else's server on a free loopback port, started and ended by us.</summary>
internal sealed class PeerProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly Process _process;

    private PeerProcess(Process process, Uri address)
    {
        (_process, Address) = (process, address);
        Measured = new MeasuredProcess(process);
    }

    public Uri Address { get; }

    public MeasuredProcess Measured { get; }

    /// <summary>The first of the places where Debian or install-peers.sh puts a program; null when it is in none.</summary>
    public static string? Find(string package, string program)
    {
        string[] places =
        [
            Path.Combine("/usr/bin", program),
            Path.Combine(Repository.Root, ".tools", package, "usr", "bin", program),
        ];
        return Array.Find(places, File.Exists);
    }

    /// <summary>Starts a program and waits until it answers.</summary>
    /// <exception cref="InvalidOperationException">It ended, or did not answer in time.</exception>
    public static async Task<PeerProcess> StartAsync(
        string program, IEnumerable<string> arguments, int port, string readyPath, CancellationToken cancellationToken)
    {
        // Its log goes where nobody reads: what matters is said over HTTP.
        var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var peer = new PeerProcess(process, new Uri($"http://127.0.0.1:{port}"));
        if (!await peer.AnswersAsync(readyPath, cancellationToken))
        {
            await peer.DisposeAsync();
            throw new InvalidOperationException($"{program} did not start.");
        }

        return peer;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync().WaitAsync(Patience);
        }

        _process.Dispose();
    }

    private async Task<bool> AnswersAsync(string path, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { Timeout = Patience };
        var started = TimeProvider.System.GetTimestamp();
        while (!_process.HasExited && TimeProvider.System.GetElapsedTime(started) < Patience)
        {
            try
            {
                using var answer = await http.GetAsync(new Uri(Address, path), cancellationToken);
                if (answer.IsSuccessStatusCode)
                {
                    return true;
                }
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }

            await Task.Delay(Pause, TimeProvider.System, cancellationToken);
        }

        return false;
    }
}
