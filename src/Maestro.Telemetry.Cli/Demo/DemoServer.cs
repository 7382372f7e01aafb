using System.Globalization;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Gaia;
using Maestro.Telemetry.Server;
using Maestro.Telemetry.Server.Configuration;
using Maestro.Telemetry.Simulator.Hosting;
using Maestro.Telemetry.Simulator.Scenarios;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Maestro.Telemetry.Cli.Demo;

/// <summary>The service as the demo sets it up: the simulated Orchestrators, its clock, and policies that act.</summary>
internal static class DemoServer
{
    public static MaestroHost Build(
        DemoSettings settings, Scenario scenario, SimulationHost simulation, TimeProvider clock, string directory)
    {
        var values = new Dictionary<string, string?>
        {
            ["Maestro:Server:GrpcAddress"] = settings.GrpcAddress,
            ["Maestro:Server:ConsoleAddress"] = settings.ConsoleAddress,

            // The simulated SGMs stream natively, and a demo beside another collector must not want its ports.
            ["Maestro:Server:OtlpGrpcAddress"] = "",
            ["Maestro:Server:ReceiverAddress"] = "",
            ["Maestro:Storage:Directory"] = directory,
            ["Maestro:Fabric:Name"] = scenario.Name,
            ["Maestro:Ingest:MaxSampleAge"] = Text(settings.History + TimeSpan.FromDays(1)),
            ["Maestro:Storage:KeepSamples"] = Text(settings.History + TimeSpan.FromDays(2)),

            // Simulated seconds pass in milliseconds: on a busy machine a sample may be minutes of them under way.
            ["Maestro:Ingest:MaxSampleLead"] = Text(TimeSpan.FromMinutes(10)),
            ["Maestro:Ingest:MaxClockSkew"] = Text(TimeSpan.FromHours(1)),
            ["Maestro:Autoscaler:AutoStart"] = "false",
            ["Maestro:Autoscaler:SampleInterval"] = Text(TimeSpan.FromSeconds(Math.Max(10, settings.Speed / 2))),
            ["Maestro:Gaia:PasswordEnvironmentVariable"] = PasswordVariable,
            ["Maestro:Gaia:RequestTimeout"] = Text(TimeSpan.FromMinutes(10)),
            ["Maestro:Gaia:ConnectTimeout"] = Text(TimeSpan.FromMinutes(1)),
            ["Maestro:Gaia:ConfirmTimeout"] = Text(TimeSpan.FromMinutes(10)),
        };
        if (settings.InfluxDb is { } influx)
        {
            values["Maestro:Storage:Kind"] = nameof(StoreKind.InfluxDb);
            values["Maestro:Storage:Influx:Url"] = influx.ToString();
            values["Maestro:Storage:Influx:Database"] = InfluxDatabase;
        }

        AddOrchestrators(values, simulation, scenario.Release);
        AddTargets(values, settings, simulation);
        AddModels(values, scenario);
        AddGroups(values, scenario);
        return MaestroHost.Build(
            configuration => configuration.AddInMemoryCollection(values),
            logging => Log(logging, directory),
            services => services.AddSingleton(clock));
    }

    /// <summary>Simulated telemetry must not stand beside that of a real fabric.</summary>
    public const string InfluxDatabase = "maestro_demo";

    public const string PasswordVariable = "MAESTRO_DEMO_PASSWORD";

    private static void AddOrchestrators(
        Dictionary<string, string?> values, SimulationHost simulation, string release)
    {
        foreach (var (index, orchestrator) in simulation.Orchestrators.Index())
        {
            var key = $"{GaiaOptions.SectionName}:Orchestrators:{index}";
            values[$"{key}:Id"] = orchestrator.Id;
            values[$"{key}:Site"] = Text(orchestrator.Site);
            values[$"{key}:Address"] = orchestrator.Url.ToString();
            values[$"Maestro:Fabric:Orchestrators:{index}:Id"] = orchestrator.Id;
            values[$"Maestro:Fabric:Orchestrators:{index}:Model"] = "MHO-175";
            values[$"Maestro:Fabric:Orchestrators:{index}:Release"] = release;
        }
    }

    private static void AddTargets(
        Dictionary<string, string?> values, DemoSettings settings, SimulationHost simulation)
    {
        // Both pass in simulated time; a poll should not have to be ready sooner than an agent's sample.
        values["Maestro:Polling:Interval"] = Text(TimeSpan.FromSeconds(Math.Max(30, settings.Speed / 2)));
        values["Maestro:Polling:Timeout"] = Text(TimeSpan.FromMinutes(5));
        values["Maestro:Polling:PasswordEnvironmentVariable"] = PasswordVariable;
        foreach (var (index, group) in simulation.Groups.Index())
        {
            values[$"Maestro:Polling:Targets:{index}:Group"] = Text(group.Id);
            values[$"Maestro:Polling:Targets:{index}:Address"] = group.Url.ToString();
        }
    }

    private static void AddModels(Dictionary<string, string?> values, Scenario scenario)
    {
        foreach (var (index, model) in scenario.Models.Index())
        {
            var key = $"{GaiaOptions.SectionName}:ApplianceModels:{index}";
            values[$"{key}:Name"] = model.Name;
            values[$"{key}:Cores"] = Text(model.Cores);
            values[$"{key}:Weight"] = Text(model.Weight);

            // The models of the simulation are certified together; those of a real fabric are in sk162373.
            if (scenario.Models.Count > 1)
            {
                values[$"Maestro:Fabric:CertifiedMixes:0:Models:{index}"] = model.Name;
            }
        }
    }

    private static void AddGroups(Dictionary<string, string?> values, Scenario scenario)
    {
        foreach (var (index, group) in scenario.Groups.Index())
        {
            var key = $"Maestro:Fabric:Groups:{index}";
            values[$"{key}:Id"] = Text(group.Id);
            values[$"{key}:Name"] = group.Name;
            values[$"{key}:Priority"] = Text(group.Priority);
            values[$"{key}:Minimum"] = Text(group.MinMembers);
            values[$"{key}:Maximum"] = "14";
            values[$"{key}:ScaleOut"] = "Enforce";
            values[$"{key}:ScaleIn"] = "Enforce";
            if (new Release(scenario.Release) >= Release.R82)
            {
                // Every simulated SGM serves, on both sites.
                values[$"{key}:Clustering"] = nameof(ClusteringMode.ActiveActive);
            }

            values[$"{key}:LeadTime"] = Text(TimeSpan.FromMinutes(15));
        }
    }

    // The terminal belongs to the live view; what went on is in a file beside the data.
    private static void Log(ILoggingBuilder logging, string directory)
    {
        logging.AddProvider(new FileLoggerProvider(Path.Combine(directory, "demo.log")));
        logging.AddFilter("Microsoft", LogLevel.Warning);
        logging.AddFilter("Quartz", LogLevel.Warning);
        logging.AddFilter("Grpc", LogLevel.Warning);
    }

    private static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);
}
