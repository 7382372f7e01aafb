using System.Diagnostics;

namespace Maestro.Telemetry.IntegrationTests.Service;

/// <summary>The executable in a process of its own, in a working directory of its own.</summary>
internal sealed class MaestroProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly Task<string> _errors;

    private MaestroProcess(Process process)
    {
        _process = process;
        _errors = process.StandardError.ReadToEndAsync();
    }

    public static MaestroProcess Start(string workingDirectory, params string[] arguments) =>
        StartAssembly("maestro.dll", workingDirectory, arguments);

    /// <summary>The agent that is a program of its own.</summary>
    public static MaestroProcess StartAgent(string workingDirectory, params string[] arguments) =>
        StartAssembly("maestro-agent.dll", workingDirectory, arguments);

    private static MaestroProcess StartAssembly(string assembly, string workingDirectory, string[] arguments)
    {
        var path = Path.Combine(AppContext.BaseDirectory, assembly);
        var start = new ProcessStartInfo(Environment.ProcessPath!, ["exec", path, .. arguments])
        {
            WorkingDirectory = workingDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var variable in new[] { "MAESTRO_SERVER", "MAESTRO_TOKEN", "MAESTRO_TOKEN_FILE", "MAESTRO_CA_FILE" })
        {
            start.Environment.Remove(variable);
        }

        return new MaestroProcess(Process.Start(start)!);
    }

    /// <summary>Runs to the end.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(
        string workingDirectory, TimeSpan patience, params string[] arguments)
    {
        await using var process = Start(workingDirectory, arguments);
        var output = await process._process.StandardOutput.ReadToEndAsync().WaitAsync(patience);
        await process._process.WaitForExitAsync().WaitAsync(patience);
        return (process._process.ExitCode, output, await process._errors);
    }

    /// <summary>Where a server says that it serves gRPC.</summary>
    public async Task<Uri> ReadGrpcAddressAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync().WaitAsync(Patience) is { } line)
        {
            if (line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is ["gRPC", var address])
            {
                return new Uri(address);
            }
        }

        throw new InvalidOperationException($"The server did not start: {await _errors}");
    }

    /// <summary>SIGKILL: nothing is flushed, nothing is told.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync().WaitAsync(Patience);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }
}
