using System.CommandLine;
using Maestro.Telemetry.Server;
using Microsoft.Extensions.Configuration;

namespace Maestro.Telemetry.Benchmarks.Ingest;

/// <summary>The server's side of the ingest benchmark, in its own process until its standard input ends.</summary>
internal static class ServeIngestCommand
{
    public const string Name = "serve-ingest";

    public static Command Create()
    {
        var data = new Argument<string>("data") { Description = "The data directory" };
        var command = new Command(Name, "The server that ingest starts for itself") { data };
        command.Hidden = true;
        command.SetAction((parsed, cancellationToken) => ServeAsync(parsed.GetValue(data)!, cancellationToken));
        return command;
    }

    private static async Task<int> ServeAsync(string directory, CancellationToken cancellationToken)
    {
        var values = new Dictionary<string, string?>
        {
            ["Maestro:Server:GrpcAddress"] = "http://127.0.0.1:0",
            ["Maestro:Server:ConsoleAddress"] = "http://127.0.0.1:0",
            ["Maestro:Server:OtlpGrpcAddress"] = "http://127.0.0.1:0",
            ["Maestro:Server:ReceiverAddress"] = "http://127.0.0.1:0",
            ["Maestro:Storage:Directory"] = directory,
            ["Maestro:Ingest:MaxSampleAge"] = SgmClock.MaxAge.ToString("c"),
            ["Maestro:Storage:KeepSamples"] = "00:00:00",
            ["Maestro:Autoscaler:AutoStart"] = "false",
        };

        // The environment last: other settings can be tried, for example Maestro__Ingest__CommitRows=20000.
        await using var host = MaestroHost.Build(
            configuration => configuration.AddInMemoryCollection(values).AddEnvironmentVariables(), logging => { });
        await host.StartAsync(cancellationToken);
        Console.WriteLine($"{host.GrpcAddress} {host.OtlpGrpcAddress} {host.ReceiverAddress}");
        await Console.In.ReadToEndAsync(cancellationToken);
        await host.StopAsync(cancellationToken);
        return 0;
    }
}
