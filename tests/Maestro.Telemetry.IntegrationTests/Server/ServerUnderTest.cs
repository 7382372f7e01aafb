using Grpc.Net.Client;
using Maestro.Telemetry.IntegrationTests.Storage;
using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Protocol.V1;
using Maestro.Telemetry.Server;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Maestro.Telemetry.IntegrationTests.Service;

/// <summary>The whole service on ports of its own over a data directory of its own; its loop runs when a test says so.</summary>
internal sealed class ServerUnderTest : IAsyncDisposable
{
    /// <summary>
    /// Tests with a server in this process run one after another: who asks for metrics gets those of all meters of a name.
    /// </summary>
    public const string OneAtATime = "server in this process";

    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TemporaryDirectory _directory = new();
    private readonly MaestroHost _host;

    private ServerUnderTest((string Key, string Value)[] settings, Action<IServiceCollection>? replace)
    {
        var password = _directory.File("password");
        File.WriteAllText(password, "not asked for");
        var values = new Dictionary<string, string?>
        {
            ["Maestro:Server:GrpcAddress"] = "http://127.0.0.1:0",
            ["Maestro:Server:ConsoleAddress"] = "http://127.0.0.1:0",
            ["Maestro:Server:OtlpGrpcAddress"] = "http://127.0.0.1:0",
            ["Maestro:Server:ReceiverAddress"] = "http://127.0.0.1:0",
            ["Maestro:Storage:Directory"] = _directory.Path,
            ["Maestro:Autoscaler:AutoStart"] = "false",
            ["Maestro:Gaia:Orchestrators:0:Id"] = "1_1",
            ["Maestro:Gaia:Orchestrators:0:Address"] = "https://192.0.2.1",
            ["Maestro:Gaia:PasswordFile"] = password,
            ["Maestro:Fabric:Groups:0:Id"] = "1",
            ["Maestro:Fabric:Groups:0:Minimum"] = "1",
        };
        foreach (var (key, value) in settings)
        {
            // An empty value takes a setting away: what it belongs to is then not there.
            if (value.Length > 0)
            {
                values[key] = value;
            }
            else
            {
                values.Remove(key);
            }
        }

        _host = MaestroHost.Build(
            configuration => configuration.AddInMemoryCollection(values),
            _ => { },
            services =>
            {
                services.AddSingleton<IFabricController>(Fabric);
                replace?.Invoke(services);
            });
    }

    public SwitchedFabric Fabric { get; } = new(TimeProvider.System);

    public GrpcChannel Channel { get; private set; } = null!;

    public HttpClient Console { get; private set; } = null!;

    public Uri GrpcAddress => _host.GrpcAddress;

    public Uri ConsoleAddress => _host.ConsoleAddress;

    public Uri OtlpGrpcAddress => _host.OtlpGrpcAddress!;

    public Uri ReceiverAddress => _host.ReceiverAddress!;

    public TelemetryCollector.TelemetryCollectorClient Collector => new(Channel);

    public AutoscalerControl.AutoscalerControlClient Control => new(Channel);

    public bool Faulted => _host.Faulted;

    public Task StoppedAsync() => _host.WaitForShutdownAsync(default).WaitAsync(Patience);

    public static Task<ServerUnderTest> StartAsync(params (string Key, string Value)[] settings) =>
        StartAsync(null, settings);

    public static async Task<ServerUnderTest> StartAsync(
        Action<IServiceCollection>? replace, params (string Key, string Value)[] settings)
    {
        var server = new ServerUnderTest(settings, replace);
        try
        {
            await server._host.StartAsync(default).WaitAsync(Patience);
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }

        server.Channel = GrpcChannel.ForAddress(server._host.GrpcAddress);
        server.Console = new HttpClient { BaseAddress = server._host.ConsoleAddress, Timeout = Patience };
        return server;
    }

    public T Get<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();

    public static Hello Hello(string serial = "S1", string agent = "agent-1", int site = 0, params Column[] columns)
    {
        var hello = new Hello { AgentId = agent, Serial = serial, Site = site, Model = "9300", Release = "R82" };
        hello.Columns.AddRange(columns.Length > 0 ? columns : [new Column { Metric = Metric.CpuMean }]);
        return hello;
    }

    /// <summary>Rows a second apart, the last of them now.</summary>
    public static Batch Batch(ulong sequence, params double[] values)
    {
        var batch = new Batch { Sequence = sequence };
        var now = TimeProvider.System.GetUtcNow();
        batch.TimestampsUnixMs.AddRange(
            values.Select((_, i) => now.AddSeconds(i + 1 - values.Length).ToUnixTimeMilliseconds()));
        batch.Values.AddRange(values);
        return batch;
    }

    public async Task<ExportResponse> ExportAsync(Batch batch, Hello? hello = null) => await Collector
        .ExportAsync(new ExportRequest { Hello = hello ?? Hello(), Batch = batch }).ResponseAsync.WaitAsync(Patience);

    public async Task<Status> StatusAsync() =>
        await Control.GetStatusAsync(new GetStatusRequest()).ResponseAsync.WaitAsync(Patience);

    /// <summary>What the store has of an SGM of the last day.</summary>
    public async Task<List<RawSample>> StoredAsync(string serial)
    {
        var now = TimeProvider.System.GetUtcNow();
        var samples = new List<RawSample>();
        await foreach (var sample in Get<ITelemetryStore>()
            .ReadSamplesAsync(new(serial), now.AddDays(-1), now.AddMinutes(1), default))
        {
            samples.Add(sample);
        }

        return samples;
    }

    public async ValueTask DisposeAsync()
    {
        Channel?.Dispose();
        Console?.Dispose();
        await _host.DisposeAsync();
        _directory.Dispose();
    }
}
