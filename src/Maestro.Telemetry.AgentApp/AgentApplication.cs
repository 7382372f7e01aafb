using System.Reflection;
using System.Security.Cryptography;
using Maestro.Telemetry.Agent;
using Maestro.Telemetry.Protocol.Connecting;
using Microsoft.Extensions.Logging;

namespace Maestro.Telemetry.AgentApp;

/// <summary>The agent as a program of its own.</summary>
internal static class AgentApplication
{
    /// <summary>Where rows wait on disk when the configuration does not say where.</summary>
    public const string JournalDirectory = "/var/lib/maestro-agent";

    private const int Ok = 0;
    private const int Failed = 1;
    private const int Usage = 2;

    private const string Help = $"""
        maestro-agent measures this host and streams it to a Maestro.Telemetry collector.

        Usage:
          maestro-agent --config FILE [--check]

        Options:
          --config FILE  JSON file with the section Maestro:Agent; Server and Serial have to be given in it.
                         Environment variables such as Maestro__Agent__Serial win over it
          --check        Say what is wrong with the settings, and end
          --version      Print the version
          --help         Print this

        What the collector has not acknowledged is kept in Maestro:Agent:Journal:Directory, by default
        {JournalDirectory}, and sent again after a restart. SIGTERM ends the agent when what it holds is handed over,
        or after Maestro:Agent:Sender:StopGrace.

        Example of a file:
          {"{"} "Maestro": {"{"} "Agent": {"{"}
              "Server": "https://collector.example:50051", "TokenFile": "/etc/maestro/agent.token",
              "Serial": "1234567890", "Site": 1, "Group": 1, "Model": "16200", "Release": "R82"
          {"}"} {"}"} {"}"}

        Exit codes: 0 done; 1 it did not work; 2 the command line or the configuration is wrong.
        """;

    /// <summary>Runs until it is stopped.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(
        IReadOnlyList<string> args, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        var arguments = AgentArguments.Parse(args);
        if (arguments.Errors.Count > 0)
        {
            return await RefuseAsync(errors, arguments.Errors);
        }

        if (arguments.Help || arguments.Version)
        {
            await output.WriteLineAsync(arguments.Help ? Help : $"maestro-agent {Version()}");
            return Ok;
        }

        var options = new AgentOptions { Journal = { Directory = JournalDirectory } };
        if (Read(arguments.ConfigFile, options) is [_, ..] found)
        {
            return await RefuseAsync(errors, found);
        }

        if (arguments.Check)
        {
            await output.WriteLineAsync("The configuration can be used.");
            return Ok;
        }

        return await MeasureAsync(options, errors, cancellationToken);
    }

    private static IReadOnlyList<string> Read(string? file, AgentOptions options)
    {
        try
        {
            return [.. AgentConfiguration.Load(file, options), .. AgentOptionsValidator.Check(options)];
        }
        catch (InvalidDataException e)
        {
            return [e.Message];
        }
    }

    private static async Task<int> MeasureAsync(
        AgentOptions options, TextWriter errors, CancellationToken cancellationToken)
    {
        using var loggers = LoggerFactory.Create(logging => logging.AddProvider(new LineLoggerProvider(errors)));
        try
        {
            using var channel = ServerConnection.Open(options.ToConnection());
            using var service = ServiceNotifier.Open(TimeProvider.System);
            service?.Send("READY=1");
            await using var stopping = cancellationToken.Register(() => service?.Send("STOPPING=1"));
            await AgentProcess.RunAsync(
                options, channel.CreateCallInvoker(), TimeProvider.System, loggers, cancellationToken);
            return Ok;
        }
        catch (Exception e) when (
            e is IOException or UnauthorizedAccessException or FormatException or InvalidDataException
                or CryptographicException)
        {
            await errors.WriteLineAsync(e.Message);
            return Failed;
        }
    }

    private static async Task<int> RefuseAsync(TextWriter errors, IEnumerable<string> sentences)
    {
        foreach (var sentence in sentences)
        {
            await errors.WriteLineAsync(sentence);
        }

        return Usage;
    }

    private static string Version() => typeof(AgentApplication).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "of an unknown build";
}
