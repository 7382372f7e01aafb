using System.Diagnostics;
using System.Globalization;
using Maestro.Telemetry.CrashWriter;

namespace Maestro.Telemetry.IntegrationTests.Kills;

/// <summary>A sender in a process of its own, and how far it was acknowledged: that outlives the process.</summary>
internal sealed class SenderProcess(string kind, Uri collector, string serial, long start) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private Process? _process;
    private Task _reading = Task.CompletedTask;
    private Task<string> _errors = Task.FromResult("");
    private long _acknowledged;

    public string Serial => serial;

    public bool IsRemoteWrite => kind == "remote";

    /// <summary>Rows from 0 up to here are acknowledged.</summary>
    public long Acknowledged => Interlocked.Read(ref _acknowledged);

    public Task StartAsync()
    {
        _process = Process.Start(new ProcessStartInfo(
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
            [
                typeof(SentRows).Assembly.Location, kind, collector.ToString(), serial,
                Acknowledged.ToString(CultureInfo.InvariantCulture), start.ToString(CultureInfo.InvariantCulture),
            ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        _errors = _process.StandardError.ReadToEndAsync();
        _reading = ReadAsync(_process.StandardOutput);
        return Task.CompletedTask;
    }

    /// <summary>SIGKILL. What it said before counts as acknowledged.</summary>
    public async Task KillAsync()
    {
        if (_process is { } process)
        {
            _process = null;
            Assert.False(process.HasExited, $"The sender of {serial} ended by itself.");
            process.Kill();
            await _reading.WaitAsync(Patience);
            await process.WaitForExitAsync().WaitAsync(Patience);
            Assert.Empty(await _errors.WaitAsync(Patience));
            process.Dispose();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { } process)
        {
            process.Kill();
            await process.WaitForExitAsync().WaitAsync(Patience);
            process.Dispose();
        }
    }

    private async Task ReadAsync(StreamReader output)
    {
        while (await output.ReadLineAsync() is { } line)
        {
            // The last line may be cut in two: then it is a smaller number, or none.
            if (long.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out var upTo) && upTo > Acknowledged)
            {
                Interlocked.Exchange(ref _acknowledged, upTo);
            }
        }
    }
}
