using System.CommandLine;
using Maestro.Telemetry.Cli.Common;
using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Server;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Maestro.Telemetry.Cli.Commands;

/// <summary>The service itself.</summary>
internal static class ServeCommand
{
    private const string Timestamp = "yyyy-MM-ddTHH:mm:ss.fffZ";

    private static readonly (string Option, string Key, string Help, string Name)[] Shortcuts =
    [
        ("--data", "Maestro:Storage:Directory", "Directory of the SQLite files", "directory"),
        ("--grpc", "Maestro:Server:GrpcAddress", "Where agents stream to, for example http://127.0.0.1:50051", "url"),
        ("--console", "Maestro:Server:ConsoleAddress", "Where the web console is, for example http://127.0.0.1:8080", "url"),
        ("--otlp", "Maestro:Server:OtlpGrpcAddress", "Where OTLP comes over gRPC, for example http://127.0.0.1:4317", "url"),
        ("--receiver", "Maestro:Server:ReceiverAddress",
            "Where OTLP and remote write come over HTTP, for example http://127.0.0.1:4318", "url"),
    ];

    public static Command Create()
    {
        var config = ServerSettings.File();
        var check = new Option<bool>("--check") { Description = "Check the configuration, tell all errors, and end" };
        var command = new Command("serve", "Run the service: collector, forecaster, autoscaler and console") { config, check };
        var shortcuts = Shortcuts.Select(s => (s.Key, Option: new Option<string?>(s.Option)
        {
            Description = s.Help,
            HelpName = s.Name,
        })).ToList();
        shortcuts.ForEach(s => command.Add(s.Option));
        command.SetAction((parsed, cancellationToken) =>
        {
            var settings = shortcuts
                .Select(s => KeyValuePair.Create(s.Key, parsed.GetValue(s.Option)))
                .Where(s => s.Value is not null);
            return RunAsync(parsed.GetValue(config), [.. settings], parsed.GetValue(check), cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(
        FileInfo? file, KeyValuePair<string, string?>[] settings, bool checkOnly, CancellationToken cancellationToken)
    {
        MaestroHost host;
        try
        {
            host = MaestroHost.Build(configuration => ServerSettings.AddTo(configuration, file, settings), Log);
        }
        catch (InvalidDataException e)
        {
            await Console.Error.WriteLineAsync(ServerSettings.NotJson(file, e));
            return ExitCodes.Usage;
        }

        await using (host)
        {
            var errors = host.CheckConfiguration();
            foreach (var error in errors)
            {
                await Console.Error.WriteLineAsync(error);
            }

            if (errors.Count > 0)
            {
                return ExitCodes.Usage;
            }

            if (checkOnly)
            {
                Console.WriteLine("The configuration can be used.");
                return ExitCodes.Ok;
            }

            return await ServeAsync(host, cancellationToken);
        }
    }

    private static async Task<int> ServeAsync(MaestroHost host, CancellationToken cancellationToken)
    {
        try
        {
            await host.StartAsync(cancellationToken);
        }
        catch (Exception e) when (e is StoreUnavailableException or IOException)
        {
            await Console.Error.WriteLineAsync(StartErrors.Describe(e));
            return ExitCodes.Failed;
        }

        Console.WriteLine($"gRPC    {host.GrpcAddress}");
        Console.WriteLine($"console {host.ConsoleAddress}");
        if (host.OtlpGrpcAddress is { } otlp)
        {
            Console.WriteLine($"OTLP    {otlp}");
        }

        if (host.ReceiverAddress is { } receiver)
        {
            Console.WriteLine($"HTTP    {receiver} (OTLP at v1/metrics, remote write at api/v1/write)");
        }

        await host.WaitForShutdownAsync(cancellationToken);
        if (host.Faulted)
        {
            await Console.Error.WriteLineAsync("The service has stopped because a part of it failed; the log says which.");
            return ExitCodes.Failed;
        }

        return ExitCodes.Ok;
    }

    private static void Log(ILoggingBuilder logging)
    {
        // No formatter is chosen here, so that Logging:Console:FormatterName can choose json or systemd.
        logging.AddConsole();
        logging.Services.Configure<SimpleConsoleFormatterOptions>(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = $"{Timestamp} ";
            console.UseUtcTimestamp = true;
            console.ColorBehavior = LoggerColorBehavior.Default;
        });
        logging.Services.Configure<JsonConsoleFormatterOptions>(console =>
        {
            console.TimestampFormat = Timestamp;
            console.UseUtcTimestamp = true;
        });
        logging.AddFilter("Microsoft", LogLevel.Warning);
        logging.AddFilter("Quartz", LogLevel.Warning);
        logging.AddFilter("Grpc", LogLevel.Warning);
    }
}
