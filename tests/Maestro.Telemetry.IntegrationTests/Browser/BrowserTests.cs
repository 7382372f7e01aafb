using System.Text.Json;
using Maestro.Telemetry.IntegrationTests.Interop;
using Maestro.Telemetry.IntegrationTests.Simulation;
using Maestro.Telemetry.Server;
using Maestro.Telemetry.Simulator;
using Maestro.Telemetry.Simulator.Hosting;
using Maestro.Telemetry.Simulator.Scenarios;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Maestro.Telemetry.IntegrationTests.Browser;

/// <summary>The console in a browser that we did not write, over a whole simulated fabric.</summary>
public sealed class BrowserTests
{
    private const string PasswordVariable = "MAESTRO_TEST_PASSWORD";

    [Fact]
    public async Task Console_OverASimulatedFabric_ShowsGroupsSitesAndDecisions()
    {
        using var bounded = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        var directory = Directory.CreateTempSubdirectory("maestro-browser-");
        try
        {
            var clock = new SimulationClock(new DateTimeOffset(2026, 11, 20, 7, 0, 0, TimeSpan.Zero), speed: 20);
            var scenario = Scenario.DualSite();
            var options = new SimulationOptions();
            await using var simulation = new SimulationHost(scenario, clock, options, NullLoggerFactory.Instance);
            await simulation.StartAsync(bounded.Token);
            Environment.SetEnvironmentVariable(PasswordVariable, options.Orchestrators.Password);
            await using var server = MaestroHost.Build(
                c => c.AddInMemoryCollection(SimulatedService.Settings(simulation, scenario, directory.FullName, PasswordVariable)),
                _ => { },
                s => s.AddSingleton<TimeProvider>(clock));
            await server.StartAsync(bounded.Token);
            simulation.StartAgents(server.GrpcAddress);

            await using var browser = PeerProcess.Node("console.mjs", server.ConsoleAddress.ToString());
            var lines = await browser.ReadLinesAsync();
            using var seen = JsonDocument.Parse(Assert.Single(lines));

            Assert.Empty(Texts(seen, "errors"));
            Assert.Equal(["edge", "datacenter", "partners"], Texts(seen, "groups"));
            Assert.Equal(3, seen.RootElement.GetProperty("charts").GetInt32());
            Assert.Equal(2, Texts(seen, "sites").Count(t => t.StartsWith("Site ", StringComparison.Ordinal)));
            Assert.True(seen.RootElement.GetProperty("decisions").GetInt32() > 0);
            var fabric = seen.RootElement.GetProperty("text").GetString()!;
            Assert.All(scenario.Gateways, g => Assert.Contains(g.Serial, fabric, StringComparison.Ordinal));
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static List<string> Texts(JsonDocument document, string name) =>
        [.. document.RootElement.GetProperty(name).EnumerateArray().Select(e => e.GetString()!)];
}
