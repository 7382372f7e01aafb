using Maestro.Telemetry.Simulator.Hosting;
using Maestro.Telemetry.Simulator.Scenarios;

namespace Maestro.Telemetry.IntegrationTests.Simulation;

/// <summary>What the service has to be told to run over a simulated fabric.</summary>
internal static class SimulatedService
{
    /// <param name="simulation">The fabric, started.</param>
    /// <param name="scenario">What it was made of.</param>
    /// <param name="directory">Where data is kept.</param>
    /// <param name="passwordVariable">The environment variable with the Orchestrators' password.</param>
    public static Dictionary<string, string?> Settings(
        SimulationHost simulation, Scenario scenario, string directory, string passwordVariable)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Maestro:Server:GrpcAddress"] = "http://127.0.0.1:0",
            ["Maestro:Server:ConsoleAddress"] = "http://127.0.0.1:0",
            ["Maestro:Server:OtlpGrpcAddress"] = "http://127.0.0.1:0",
            ["Maestro:Server:ReceiverAddress"] = "http://127.0.0.1:0",
            ["Maestro:Storage:Directory"] = directory,
            ["Maestro:Ingest:MaxSampleLead"] = "00:10:00",
            ["Maestro:Ingest:MaxClockSkew"] = "01:00:00",
            ["Maestro:Gaia:PasswordEnvironmentVariable"] = passwordVariable,
            ["Maestro:Gaia:RequestTimeout"] = "00:10:00",
            ["Maestro:Gaia:ConnectTimeout"] = "00:01:00",
        };
        foreach (var (i, orchestrator) in simulation.Orchestrators.Index())
        {
            settings[$"Maestro:Gaia:Orchestrators:{i}:Id"] = orchestrator.Id;
            settings[$"Maestro:Gaia:Orchestrators:{i}:Site"] = $"{orchestrator.Site}";
            settings[$"Maestro:Gaia:Orchestrators:{i}:Address"] = orchestrator.Url.ToString();
        }

        foreach (var (i, group) in scenario.Groups.Index())
        {
            settings[$"Maestro:Fabric:Groups:{i}:Id"] = $"{group.Id}";
            settings[$"Maestro:Fabric:Groups:{i}:Name"] = group.Name;
        }

        return settings;
    }

    /// <summary>
    /// The same for a service whose groups scale by themselves, by a history of days, once the test starts its loop.
    /// </summary>
    public static Dictionary<string, string?> ScalingSettings(
        SimulationHost simulation, Scenario scenario, string directory, string passwordVariable)
    {
        var settings = Settings(simulation, scenario, directory, passwordVariable);
        settings["Maestro:Storage:KeepSamples"] = "30.00:00:00";
        settings["Maestro:Ingest:MaxSampleAge"] = "20.00:00:00";
        settings["Maestro:Autoscaler:AutoStart"] = "false";
        foreach (var (i, group) in scenario.Groups.Index())
        {
            settings[$"Maestro:Fabric:Groups:{i}:Minimum"] = $"{group.MinMembers}";
            settings[$"Maestro:Fabric:Groups:{i}:Maximum"] = "14";
            settings[$"Maestro:Fabric:Groups:{i}:Clustering"] = "ActiveActive";
            settings[$"Maestro:Fabric:Groups:{i}:ScaleOut"] = "Enforce";
            settings[$"Maestro:Fabric:Groups:{i}:ScaleIn"] = "Enforce";
        }

        return settings;
    }
}
