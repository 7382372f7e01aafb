using System.CommandLine;
using Maestro.Telemetry.Agent;
using Maestro.Telemetry.Cli.Common;
using Maestro.Telemetry.Protocol.Connecting;
using Microsoft.Extensions.Logging;

namespace Maestro.Telemetry.Cli.Commands;

/// <summary>Measures this host, or replays a trace, and streams it as one SGM.</summary>
internal static class AgentCommand
{
    public static Command Create()
    {
        var defaults = new AgentOptions();
        var connection = new ConnectionArguments();
        var serial = new Option<string>("--serial") { Description = "Serial number of the SGM that the samples are of", Required = true };
        var id = Text("--id", "Names this agent across reconnects", defaults.AgentId);
        var site = Number("--site", "Site that the SGM is cabled to", defaults.Site);
        var group = Number("--group", "Security Group that the SGM is in; 0 is none", defaults.Group);
        var model = Text("--model", "Appliance model, for example 16200", defaults.Model);
        var release = Text("--release", "Release, for example R82", defaults.Release);
        var source = Text("--source", "linux measures this host; trace:FILE replays a recorded demand", defaults.Source);
        var interval = Durations.Option("--interval", "Time from one reading to the next; the default is 10s");
        var command = new Command("agent", "Measure this host and stream it to a collector")
        {
            serial, id, site, group, model, release, source, interval,
        };
        connection.AddTo(command);
        command.SetAction((parsed, cancellationToken) => RunAsync(
            connection.Read(parsed),
            new AgentOptions
            {
                Serial = parsed.GetValue(serial)!,
                AgentId = parsed.GetValue(id)!,
                Site = parsed.GetValue(site),
                Group = parsed.GetValue(group),
                Model = parsed.GetValue(model)!,
                Release = parsed.GetValue(release)!,
                Source = parsed.GetValue(source)!,
                Interval = parsed.GetValue(interval) ?? defaults.Interval,
            },
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        ServerConnectionOptions server, AgentOptions options, CancellationToken cancellationToken)
    {
        options.Server = server.Address;
        options.TokenFile = server.TokenFile;
        options.CaFile = server.CaFile;
        options.CertificateFile = server.CertificateFile;
        options.KeyFile = server.KeyFile;
        var errors = AgentOptionsValidator.Check(options, server.Token);
        foreach (var error in errors)
        {
            await Console.Error.WriteLineAsync(error);
        }

        if (errors.Count > 0)
        {
            return ExitCodes.Usage;
        }

        using var loggers = LoggerFactory.Create(logging => logging.AddSimpleConsole(console => console.SingleLine = true));
        using var channel = ServerConnection.Open(server);
        try
        {
            Console.WriteLine($"SGM {options.Serial}: {options.Source} to {options.Server} every {options.Interval}; Ctrl+C stops");
            var counters = await AgentProcess.RunAsync(
                options, channel.CreateCallInvoker(), TimeProvider.System, loggers, cancellationToken);
            Console.WriteLine(
                $"{counters.Acknowledged} samples acknowledged, {counters.RefusedByCollector} refused by the collector, "
                + $"{counters.RefusedByOutbox} refused by the outbox, {counters.Waiting + counters.InFlight} not acknowledged");
            return ExitCodes.Ok;
        }
        catch (Exception e) when (e is IOException or FormatException or InvalidDataException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return ExitCodes.Failed;
        }
    }

    private static Option<string> Text(string name, string description, string value) =>
        new(name) { Description = description, DefaultValueFactory = _ => value };

    private static Option<int> Number(string name, string description, int value) =>
        new(name) { Description = description, DefaultValueFactory = _ => value };
}
