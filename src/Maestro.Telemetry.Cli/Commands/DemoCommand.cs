using System.CommandLine;
using Maestro.Telemetry.Cli.Common;
using Maestro.Telemetry.Cli.Demo;

namespace Maestro.Telemetry.Cli.Commands;

/// <summary>A whole simulated fabric in one process.</summary>
internal static class DemoCommand
{
    private const string Sqlite = "sqlite";
    private const string InfluxDb = "influxdb";

    public static Command Create()
    {
        var defaults = new DemoSettings();
        var duration = Durations.Option("--for", "Run the loop for this long and end; the default is until Ctrl+C");
        var headless = new Option<bool>("--headless") { Description = "No live view" };
        var json = new Option<bool>("--json") { Description = "Print the summary as one JSON object" };
        var trace = new Option<FileInfo>("--trace")
        {
            Description = "CSV file (timestamp,value) with a recorded demand that drives a group",
            HelpName = "file",
        };
        trace.AcceptExistingOnly();
        var traceGroup = new Option<int>("--trace-group")
        {
            Description = "Security Group that the trace drives",
            DefaultValueFactory = _ => defaults.TraceGroup,
        };
        var speed = new Option<double>("--speed")
        {
            Description = "Simulated seconds per real second, from 1 to 600",
            DefaultValueFactory = _ => defaults.Speed,
        };
        speed.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double>() is not (>= 1 and <= 600))
            {
                result.AddError("--speed must be from 1 to 600.");
            }
        });
        var history = Durations.Option("--history", "History that is loaded first; the default is 14d");
        var seed = new Option<ulong>("--seed") { Description = "All chance comes from it", DefaultValueFactory = _ => defaults.Seed };
        var data = new Option<string?>("--data") { Description = "Keep the data in this directory", HelpName = "directory" };
        var store = new Option<string>("--store")
        {
            Description = $"What keeps the telemetry: sqlite, or influxdb (database {DemoServer.InfluxDatabase} of --influxdb)",
            DefaultValueFactory = _ => Sqlite,
        };
        store.AcceptOnlyFromAmong(Sqlite, InfluxDb);
        var influx = new Option<Uri>("--influxdb")
        {
            Description = "Address of the InfluxDB server of --store influxdb",
            HelpName = "url",
            DefaultValueFactory = _ => new Uri("http://127.0.0.1:8086"),
        };
        var console = new Option<string>("--console")
        {
            Description = "Address of the web console; port 0 takes a free one",
            HelpName = "url",
            DefaultValueFactory = _ => defaults.ConsoleAddress,
        };
        var grpc = new Option<string>("--grpc")
        {
            Description = "Address for gRPC; port 0 takes a free one",
            HelpName = "url",
            DefaultValueFactory = _ => defaults.GrpcAddress,
        };
        var agentless = new Option<int[]>("--agentless")
        {
            Description = "Security Groups (1 to 3) whose SGMs send nothing live and are polled instead",
            HelpName = "group",
            AllowMultipleArgumentsPerToken = true,
        };
        agentless.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int[]>()?.Any(group => group is < 1 or > 3) == true)
            {
                result.AddError("--agentless must name groups from 1 to 3.");
            }
        });
        var command = new Command(
            "demo", "Run a simulated fabric, the collector, the forecaster, the autoscaler and the console in one process")
        {
            duration, headless, json, trace, traceGroup, speed, history, seed, data, store, influx, console, grpc, agentless,
        };
        command.SetAction((parsed, cancellationToken) => new DemoRunner(new DemoSettings
        {
            For = parsed.GetValue(duration),
            Headless = parsed.GetValue(headless),
            Json = parsed.GetValue(json),
            Trace = parsed.GetValue(trace),
            TraceGroup = parsed.GetValue(traceGroup),
            Speed = parsed.GetValue(speed),
            History = parsed.GetValue(history) ?? defaults.History,
            Seed = parsed.GetValue(seed),
            Data = parsed.GetValue(data),
            InfluxDb = parsed.GetValue(store) == InfluxDb ? parsed.GetValue(influx) : null,
            Agentless = parsed.GetValue(agentless)!.ToHashSet(),
            ConsoleAddress = parsed.GetValue(console)!,
            GrpcAddress = parsed.GetValue(grpc)!,
        }).RunAsync(cancellationToken));
        return command;
    }
}
