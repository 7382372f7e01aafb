using System.Diagnostics;

namespace Maestro.Telemetry.Benchmarks.Ingest;

/// <summary>The server in a process of its own, and what it costs.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;

    private ServerProcess(Process process, string[] addresses)
    {
        _process = process;
        Measured = new MeasuredProcess(process);
        (Address, OtlpAddress, ReceiverAddress) = (new Uri(addresses[0]), new Uri(addresses[1]), new Uri(addresses[2]));
    }

    /// <summary>Where it serves gRPC.</summary>
    public Uri Address { get; }

    /// <summary>Where it receives OTLP over gRPC.</summary>
    public Uri OtlpAddress { get; }

    /// <summary>Where it receives remote write.</summary>
    public Uri ReceiverAddress { get; }

    public MeasuredProcess Measured { get; }

    /// <param name="directory">Where its data goes.</param>
    /// <param name="settings">Settings that differ from the product's defaults, by their names in the environment.</param>
    /// <param name="cancellationToken">Ends the waiting for its start.</param>
    /// <exception cref="InvalidOperationException">It ended before it served; its error output says why.</exception>
    public static async Task<ServerProcess> StartAsync(
        string directory, IReadOnlyDictionary<string, string> settings, CancellationToken cancellationToken)
    {
        var executable = Environment.ProcessPath!;
        var start = new ProcessStartInfo(executable) { RedirectStandardInput = true, RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(executable) == "dotnet")
        {
            start.ArgumentList.Add(typeof(ServerProcess).Assembly.Location);
        }

        start.ArgumentList.Add(ServeIngestCommand.Name);
        start.ArgumentList.Add(directory);
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        var addresses = await process.StandardOutput.ReadLineAsync(cancellationToken).AsTask()
            .WaitAsync(Patience, cancellationToken);
        return addresses is null
            ? throw new InvalidOperationException("The server ended before it served.")
            : new ServerProcess(process, addresses.Split(' '));
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        try
        {
            await _process.WaitForExitAsync().WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            _process.Kill();
            throw;
        }
        finally
        {
            _process.Dispose();
        }
    }
}
