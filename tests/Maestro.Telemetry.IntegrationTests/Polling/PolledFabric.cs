using System.Text.Json.Nodes;
using Grpc.Net.Client;
using Maestro.Telemetry.IntegrationTests.Simulation;
using Maestro.Telemetry.IntegrationTests.Storage;
using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Protocol.V1;
using Maestro.Telemetry.Server;
using Maestro.Telemetry.Server.Configuration;
using Maestro.Telemetry.Server.Ingest;
using Maestro.Telemetry.Server.Polling;
using Maestro.Telemetry.Simulator.Fabric;
using Maestro.Telemetry.Simulator.Hosting;
using Maestro.Telemetry.Simulator.Orchestrators;
using Maestro.Telemetry.Simulator.Scenarios;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Maestro.Telemetry.IntegrationTests.Polling;

/// <summary>
/// A simulated fabric whose first group has no agents, and the service beside it. The clock of both stands still until
/// a test moves it, and a round is made when a test says so.
/// </summary>
internal sealed class PolledFabric : IAsyncDisposable
{
    public const int Group = 1;
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private const string Password = "MAESTRO_TEST_POLLING_PASSWORD";
    private const string WrongPassword = "MAESTRO_TEST_POLLING_WRONG_PASSWORD";

    private readonly TemporaryDirectory _directory = new();
    private readonly SimulationHost _simulation;
    private MaestroHost _server = null!;
    private GrpcChannel _channel = null!;
    private GroupPoller _poller = null!;

    private PolledFabric(bool https)
    {
        Environment.SetEnvironmentVariable(Password, new SimulationOptions().Orchestrators.Password);
        Environment.SetEnvironmentVariable(WrongPassword, "not it");
        var options = new SimulationOptions
        {
            Agentless = new HashSet<int> { Group },
            ControlPort = null,
            Orchestrators = new() { Https = https },
        };
        _simulation = new(Scenario.DualSite(), Time, options, NullLoggerFactory.Instance);
    }

    public SteppedTime Time { get; } = new(new(2026, 1, 12, 8, 0, 0, TimeSpan.Zero));

    public SimulationHost Simulation => _simulation;

    public SimulatedSecurityGroup Api => _simulation.Groups.Single();

    public IReadOnlyList<SimulatedGateway> Members => [.. _simulation.Fabric.View().MembersOf(Group)];

    public TelemetryCollector.TelemetryCollectorClient Collector => new(_channel);

    public RowCounters Rows => _server.Services.GetRequiredService<RowCounters>();

    public int FailedRounds => _poller.Failures;

    /// <param name="wrongPassword">Whether the service has not got the group's password.</param>
    /// <param name="https">Whether the fabric speaks https, with certificates that nobody vouches for.</param>
    /// <param name="settings">What the service is told beside where the fabric is; an empty value takes a setting away.</param>
    public static async Task<PolledFabric> StartAsync(
        bool wrongPassword = false, bool https = false, Func<PolledFabric, (string Key, string Value)[]>? settings = null)
    {
        var fabric = new PolledFabric(https);
        try
        {
            await fabric._simulation.StartAsync(default).WaitAsync(Patience);
            await fabric.ServeAsync(wrongPassword ? WrongPassword : Password, settings?.Invoke(fabric) ?? []).WaitAsync(Patience);
            return fabric;
        }
        catch
        {
            await fabric.DisposeAsync();
            throw;
        }
    }

    /// <summary>The name of a member in the Gaia API.</summary>
    public static string IdOf(SimulatedGateway member) => $"{member.Site}_{member.MemberId}";

    /// <summary>Moves the clock by an interval, asks everybody, and waits until what was taken is stored.</summary>
    public async Task RoundAsync()
    {
        Time.Advance(Interval);
        await _poller.RoundAsync(default).WaitAsync(Patience);
        await UntilAsync(() => Rows.InFlight == 0);
    }

    public async Task<Status> StatusAsync() => await new AutoscalerControl.AutoscalerControlClient(_channel)
        .GetStatusAsync(new GetStatusRequest()).ResponseAsync.WaitAsync(Patience);

    /// <summary>What is wrong with polling, by the status of the service.</summary>
    public async Task<List<string>> ProblemsAsync() =>
        [.. (await StatusAsync()).Problems.Where(p => p.StartsWith("Polling of ", StringComparison.Ordinal))];

    public async Task<List<RawSample>> StoredAsync(SimulatedGateway member)
    {
        var now = Time.GetUtcNow();
        var samples = new List<RawSample>();
        await foreach (var sample in _server.Services.GetRequiredService<ITelemetryStore>()
            .ReadSamplesAsync(new(member.Serial), now.AddDays(-1), now.AddMinutes(1), default))
        {
            samples.Add(sample);
        }

        return samples;
    }

    /// <summary>What the group's Gaia API tells a script now.</summary>
    public async Task<JsonArray> AskAsync(SimulatedGateway member, string topic)
    {
        using var gaia = new RawGaia(Api.Url);
        await gaia.LoginAsync();
        var body = new JsonObject { ["category"] = "os", ["topic"] = topic, ["member-id"] = IdOf(member) };
        return (JsonArray)(await gaia.OkAsync("show-diagnostics", body))["objects"]!;
    }

    public async Task<string> MetricsAsync()
    {
        using var console = new HttpClient { BaseAddress = _server.ConsoleAddress, Timeout = Patience };
        return await console.GetStringAsync(new Uri("/metrics", UriKind.Relative));
    }

    public static async Task UntilAsync(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!condition())
        {
            await timer.WaitForNextTickAsync(patience.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _channel?.Dispose();
        if (_poller is not null)
        {
            await _poller.DisposeAsync();
        }

        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        await _simulation.DisposeAsync();
        _directory.Dispose();
    }

    private async Task ServeAsync(string password, (string Key, string Value)[] more)
    {
        var settings = SimulatedService.Settings(_simulation, _simulation.Fabric.Scenario, _directory.Path, Password);
        settings["Maestro:Autoscaler:AutoStart"] = "false";

        // Rounds are made by the test, with what the service would make them with.
        settings["Maestro:Polling:Enabled"] = "false";
        settings["Maestro:Polling:Interval"] = Interval.ToString();
        settings["Maestro:Polling:PasswordEnvironmentVariable"] = password;
        settings["Maestro:Polling:Targets:0:Group"] = $"{Group}";
        settings["Maestro:Polling:Targets:0:Address"] = Api.Url.ToString();
        foreach (var (key, value) in more)
        {
            foreach (var gone in settings.Keys.Where(k => value.Length == 0 && k.StartsWith(key, StringComparison.Ordinal)).ToList())
            {
                settings.Remove(gone);
            }

            if (value.Length > 0)
            {
                settings[key] = value;
            }
        }

        _server = MaestroHost.Build(
            configuration => configuration.AddInMemoryCollection(settings),
            _ => { },
            services => services.AddSingleton<TimeProvider>(Time));
        await _server.StartAsync(default);
        _channel = GrpcChannel.ForAddress(_server.GrpcAddress);
        var target = _server.Services
            .GetRequiredService<Microsoft.Extensions.Options.IOptions<PollingOptions>>().Value.Targets.Single();
        _poller = _server.Services.GetRequiredService<PollerFactory>().Create(target);
    }
}
