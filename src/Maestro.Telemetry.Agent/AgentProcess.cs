using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace Maestro.Telemetry.Agent;

/// <summary>A whole agent: a source, the sender and what reads the one into the other.</summary>
public static class AgentProcess
{
    /// <summary>Makes the source that the options name.</summary>
    /// <exception cref="IOException">The file of the trace cannot be read.</exception>
    /// <exception cref="FormatException">The file of the trace is not a trace; the message names the line.</exception>
    /// <exception cref="InvalidDataException">This host has not what the source reads.</exception>
    public static IMetricSource CreateSource(AgentOptions options, TimeProvider time)
    {
        if (options.TraceFile is not { } file)
        {
            return new LinuxHostSource(options.Linux, time);
        }

        using var reader = File.OpenText(file);
        return new TraceSource(DemandTrace.Parse(reader), options.Trace);
    }

    /// <summary>Measures and streams until cancelled; then gives what is left the grace time, and returns.</summary>
    /// <param name="options">Valid options: see <see cref="AgentOptionsValidator"/>.</param>
    /// <param name="invoker">The channel to <see cref="AgentOptions.Server"/>.</param>
    /// <param name="time">The clock.</param>
    /// <param name="loggers">Where the agent tells what happens.</param>
    /// <param name="cancellationToken">Stops the agent.</param>
    /// <returns>What became of the rows.</returns>
    /// <exception cref="IOException">Another agent has the journal, or the file of the trace cannot be read.</exception>
    /// <exception cref="FormatException">The file of the trace is not a trace; the message names the line.</exception>
    /// <exception cref="InvalidDataException">This host has not what the source reads.</exception>
    public static async Task<SenderCounters> RunAsync(
        AgentOptions options,
        CallInvoker invoker,
        TimeProvider time,
        ILoggerFactory loggers,
        CancellationToken cancellationToken)
    {
        var source = CreateSource(options, time);
        var logger = loggers.CreateLogger<TelemetrySender>();
        using var directory = options.Journal.Directory.Length > 0
            ? JournalDirectory.Open(options.Journal.Directory)
            : null;
        await using var sender = new TelemetrySender(
            options.Sender,
            new GrpcTelemetryTransport(invoker),
            options.ToIdentity(),
            source.Columns,
            time,
            logger,
            directory is null ? null : (directory, options.Journal));
        var runner = new AgentRunner(source, sender, options.Interval, time, loggers.CreateLogger<AgentRunner>());

        // Whichever ends first, by the token or by a fault, ends the other.
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task[] tasks = [runner.RunAsync(both.Token), sender.RunAsync(both.Token)];
        await Task.WhenAny(tasks);
        await both.CancelAsync();
        await Task.WhenAll(tasks);
        return sender.Counters;
    }
}
