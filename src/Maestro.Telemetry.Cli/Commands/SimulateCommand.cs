using System.CommandLine;
using Maestro.Telemetry.Cli.Common;
using Maestro.Telemetry.Protocol.Connecting;
using Maestro.Telemetry.Simulator;
using Maestro.Telemetry.Simulator.Hosting;
using Maestro.Telemetry.Simulator.Orchestrators;
using Maestro.Telemetry.Simulator.Scenarios;
using Microsoft.Extensions.Logging;

namespace Maestro.Telemetry.Cli.Commands;

/// <summary>A pretend fabric for a server that runs elsewhere.</summary>
internal static class SimulateCommand
{
    public static Command Create()
    {
        var connection = new ConnectionArguments();
        var scenario = new Option<FileInfo>("--scenario") { Description = "JSON file with the fabric and its load", HelpName = "file" };
        scenario.AcceptExistingOnly();
        var show = new Option<bool>("--print-scenario") { Description = "Print the scenario as JSON, to start your own from, and end" };
        var seed = new Option<ulong>("--seed") { Description = "All chance comes from it", DefaultValueFactory = _ => 1 };
        var port = new Option<int>("--port")
        {
            Description = "Port of the first Orchestrator; the others follow, then agentless groups. 0 takes free ones",
            DefaultValueFactory = _ => 0,
        };
        var agentless = new Option<int[]>("--agentless")
        {
            Description = "Security Groups whose SGMs send nothing, and that can be polled at an address of their own",
            HelpName = "group",
            AllowMultipleArgumentsPerToken = true,
        };
        var command = new Command("simulate", "Run a simulated fabric: Orchestrators with the Gaia API, and SGMs that stream")
        {
            scenario, show, seed, port, agentless,
        };
        connection.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            try
            {
                var file = parsed.GetValue(scenario);
                var fabric = file is null
                    ? Scenario.DualSite(parsed.GetValue(seed))
                    : Scenario.Parse(await File.ReadAllTextAsync(file.FullName, cancellationToken));
                if (parsed.GetValue(show))
                {
                    Console.WriteLine(fabric.ToJson());
                    return ExitCodes.Ok;
                }

                var server = connection.Read(parsed);
                if (ConnectionArguments.Check(server) is [_, ..] errors)
                {
                    await Console.Error.WriteLineAsync(string.Join(Environment.NewLine, errors));
                    return ExitCodes.Usage;
                }

                var groups = parsed.GetValue(agentless)!.ToHashSet();
                if (groups.FirstOrDefault(id => !fabric.Groups.Any(g => g.Id == id)) is not 0 and var unknown)
                {
                    await Console.Error.WriteLineAsync($"--agentless {unknown} is no Security Group of the scenario.");
                    return ExitCodes.Usage;
                }

                return await RunAsync(fabric, server, parsed.GetValue(port), groups, cancellationToken);
            }
            catch (Exception e) when (e is ScenarioException or IOException or UriFormatException)
            {
                await Console.Error.WriteLineAsync(e.Message);
                return ExitCodes.Usage;
            }
        });
        return command;
    }

    private static async Task<int> RunAsync(
        Scenario scenario,
        ServerConnectionOptions server,
        int port,
        IReadOnlySet<int> agentless,
        CancellationToken cancellationToken)
    {
        using var loggers = LoggerFactory.Create(logging => logging
            .AddSimpleConsole(console => console.SingleLine = true)
            .AddFilter("Microsoft", LogLevel.Warning));
        var ids = scenario.Sites.SelectMany(s => s.Orchestrators)
            .Concat(agentless.Order().Select(SimulatedSecurityGroup.NameOf))
            .ToList();
        var options = new SimulationOptions
        {
            Connect = _ => ServerConnection.Open(server),
            Agentless = agentless,
            Ports = port == 0 ? new Dictionary<string, int>() : ids.Select((id, i) => (id, i)).ToDictionary(x => x.id, x => port + x.i),
        };

        // In real time: the server's clock is not ours to turn.
        var clock = new SimulationClock(TimeProvider.System.GetUtcNow(), 1);
        await using var host = new SimulationHost(scenario, clock, options, loggers);
        await host.StartAsync(cancellationToken);
        foreach (var orchestrator in host.Orchestrators)
        {
            Console.WriteLine($"Orchestrator {orchestrator.Id}  {orchestrator.Url}  user {options.Orchestrators.User}");
        }

        foreach (var group in host.Groups)
        {
            Console.WriteLine($"Security Group {group.Id}  {group.Url}  user {options.Orchestrators.ReadOnlyUser}");
        }

        Console.WriteLine($"faults            {host.ControlUrl}");
        Console.WriteLine($"{scenario.Gateways.Count} SGMs stream to {server}; Ctrl+C stops");
        host.StartAgents(new Uri(server.Address));
        await WaitAsync(cancellationToken);
        await host.StopAsync();
        var counters = host.Counters;
        Console.WriteLine($"{counters.Acknowledged} samples acknowledged, {counters.RefusedByCollector} refused");
        return ExitCodes.Ok;
    }

    private static async Task WaitAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // Ctrl+C is how it ends.
        }
    }
}
