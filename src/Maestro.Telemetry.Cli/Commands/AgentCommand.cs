using System.CommandLine;
using Maestro.Telemetry.Agent;
using Maestro.Telemetry.Cli.Common;
using Maestro.Telemetry.Protocol.Connecting;
using Microsoft.Extensions.Logging;

namespace Maestro.Telemetry.Cli.Commands;

/// <summary>Measures this host, or replays a trace, and streams it as one SGM.</summary>
internal static class AgentCommand
{
    private const string Lesson = """
        Settings come from the file (section Maestro:Agent), over it from environment variables such as
        Maestro__Agent__Serial, over both from these options. The serial has to be given in one of them.

        With --journal, what the collector has not acknowledged outlives the agent: the next one with the same
        directory sends it. On production hosts maestro-agent does the same as a program of its own.

        Examples:
          maestro agent --serial 1234567890 --group 1 --model 16200 --release R82
          maestro agent --config /etc/maestro/agent.json --interval 1s
          maestro agent --serial 1234567890 --journal /var/lib/maestro-agent
        """;

    public static Command Create()
    {
        var settings = new AgentArguments();
        var connection = new ConnectionArguments();
        var command = new TaughtCommand("agent", "Measure this host and stream it to a collector", Lesson);
        settings.AddTo(command);
        connection.AddTo(command);
        command.SetAction((parsed, cancellationToken) => RunAsync(settings, connection, parsed, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        AgentArguments settings, ConnectionArguments connection, ParseResult parsed, CancellationToken cancellationToken)
    {
        var options = new AgentOptions();
        var errors = settings.Read(parsed, options);
        var token = connection.ReadOver(options, parsed);
        errors = [.. errors, .. AgentOptionsValidator.Check(options, token)];
        foreach (var error in errors)
        {
            await Console.Error.WriteLineAsync(error);
        }

        return errors.Count > 0 ? ExitCodes.Usage : await MeasureAsync(options, token, cancellationToken);
    }

    private static async Task<int> MeasureAsync(AgentOptions options, string token, CancellationToken cancellationToken)
    {
        using var loggers = LoggerFactory.Create(logging => logging.AddSimpleConsole(console => console.SingleLine = true));
        using var channel = ServerConnection.Open(options.ToConnection(token));
        try
        {
            Console.WriteLine($"SGM {options.Serial}: {options.Source} to {options.Server} every {options.Interval}; Ctrl+C stops");
            var counters = await AgentProcess.RunAsync(
                options, channel.CreateCallInvoker(), TimeProvider.System, loggers, cancellationToken);
            Console.WriteLine(
                $"{counters.Acknowledged} samples acknowledged, {counters.RefusedByCollector} refused by the collector, "
                + $"{counters.RefusedByOutbox} refused by the outbox, {counters.Waiting} not acknowledged");
            return ExitCodes.Ok;
        }
        catch (Exception e) when (e is IOException or FormatException or InvalidDataException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return ExitCodes.Failed;
        }
    }
}
