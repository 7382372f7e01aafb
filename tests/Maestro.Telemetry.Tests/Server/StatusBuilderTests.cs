using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Forecasting;
using Maestro.Telemetry.Series;
using Maestro.Telemetry.Server.Autoscaling;
using Maestro.Telemetry.Server.Configuration;
using Maestro.Telemetry.Server.Control;
using Maestro.Telemetry.Server.Fabrics;
using Maestro.Telemetry.Server.Forecasting;
using Maestro.Telemetry.Server.Ingest;
using Maestro.Telemetry.Server.Ingest.Spooling;
using Maestro.Telemetry.Server.Polling;
using Maestro.Telemetry.Server.Receivers.Clocks;
using Maestro.Telemetry.Tests.Support;
using Microsoft.Extensions.Options;
using Wire = Maestro.Telemetry.Protocol.V1;

namespace Maestro.Telemetry.Tests.Service;

public sealed class StatusBuilderTests
{
    private static readonly TimeSpan Usable = TimeSpan.FromSeconds(50);

    private readonly ManualTimeProvider _time = new(Given.Noon);
    private readonly LatestBoard _latest = new();
    private readonly SenderClocks _clocks;
    private readonly ForecastCounters _forecasts = new(Given.Meters());
    private readonly FabricState _fabric;
    private readonly StatusBuilder _status;

    public StatusBuilderTests()
    {
        _fabric = new FabricState(_time);
        _clocks = new SenderClocks(Given.Meters(), Options.Create(new IngestOptions()), _time);
        var group = new GroupOptions { Id = 1, TargetUtilization = 0.5 };
        var fabric = Options.Create(new FabricOptions { Groups = { group } });
        _status = new StatusBuilder(
            _fabric,
            _latest,
            _clocks,
            new RowCounters(Given.Meters()),
            new StoreHealth(),
            new NoSpool(),
            new CommandCounters(Given.Meters()),
            new PlanBoard(),
            _forecasts,
            new BreachMonitor(fabric),
            new PollBoard(),
            new FabricCheckQuery(_fabric, new(), fabric),
            new PolicyCatalogue(fabric),
            new FakeLedger(),
            fabric,
            Options.Create(new AutoscalerOptions { SampleInterval = Usable / 5 }),
            _time);
    }

    [Fact]
    public async Task Build_MemberSilent_LeavesItsLastValuesOutOfTheGroup()
    {
        _fabric.Set(Given.Fabric(Given.Noon, Given.Gateway("S1", 1), Given.Gateway("S2", 1)));
        Sample("S1", Given.Noon, 90);
        Sample("S2", Given.Noon + Usable, 20);

        _time.Advance(Usable);
        AssertGroup(await BuildAsync(), work: 1.1, utilization: 1.1);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        var status = await BuildAsync();

        AssertGroup(status, work: 0.2, utilization: 0.4);
        var silent = status.Gateways.Single(g => g.Serial == "S1");
        Assert.Equal(90, silent.CpuMeanPercent);
        Assert.Equal(Given.Noon, silent.LastSample.ToDateTimeOffset());
    }

    [Fact]
    public async Task Build_ASenderWhoseClockIsAhead_SaysByHowMuchAndThatItIsAProblem()
    {
        _fabric.Set(Given.Fabric(Given.Noon, Given.Gateway("S1", 1), Given.Gateway("S2", 1)));
        _clocks.Observe(new("S1"), "agent-1", Given.Noon.AddSeconds(42).ToUnixTimeMilliseconds(), isSendTime: true);

        var status = await BuildAsync();

        var (skewed, silent) = (status.Gateways.Single(g => g.Serial == "S1"), status.Gateways.Single(g => g.Serial == "S2"));
        Assert.Equal((42, "agent-1"), (skewed.ClockSkewSeconds, skewed.Sender));
        Assert.False(silent.HasClockSkewSeconds);
        Assert.Contains(status.Problems, p => p.StartsWith("The clock of SGM S1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Build_MemberNotActive_DoesNotCountAsDemand()
    {
        _fabric.Set(Given.Fabric(
            Given.Noon, Given.Gateway("S1", 1, MemberState.Init), Given.Gateway("S2", 1), Given.Gateway("S3", 1)));
        Sample("S1", Given.Noon, 90);
        Sample("S2", Given.Noon, 20);
        Sample("S3", Given.Noon, 20);

        AssertGroup(await BuildAsync(), work: 0.4, utilization: 0.4);
    }

    [Fact]
    public async Task Build_DemandUnusual_SaysSo()
    {
        _fabric.Set(Given.Fabric(Given.Noon, Given.Gateway("S1", 1)));
        double[] values = [.. Enumerable.Range(0, 576).Select(i => 50 + new Random(i).NextDouble())];
        var prepared = new ForecastPipeline(new ForecastOptions())
            .Prepare(new(Given.Noon, TimeSpan.FromMinutes(5), values), default, default);
        _forecasts.Set(new(new(1), Resource.CpuWork), prepared);
        Assert.Empty((await BuildAsync()).Problems);

        for (var i = 0; i < 3; i++)
        {
            prepared.Observe(10);
        }

        _forecasts.Set(new(new(1), Resource.CpuWork), prepared);
        var problem = Assert.Single((await BuildAsync()).Problems);
        Assert.StartsWith("Demand of group 1, CpuWork is unusual: the newest value is ", problem, StringComparison.Ordinal);
        Assert.EndsWith(" standard deviations below what was forecast.", problem, StringComparison.Ordinal);
    }

    private static void AssertGroup(Wire.Status status, double work, double utilization)
    {
        var group = Assert.Single(status.Groups);
        Assert.Equal(work, group.DemandCpuWork, 9);
        Assert.Equal(2, group.CapacityCpuWork, 9);
        Assert.Equal(utilization, group.Utilization, 9);
    }

    private Task<Wire.Status> BuildAsync() => _status.BuildAsync(default).WaitAsync(Given.Patience);

    private void Sample(string serial, DateTimeOffset taken, double cpu) => _latest.Update(new SampleBatch
    {
        Serial = new(serial),
        Metrics = [MetricId.CpuMeanPercent],
        TimestampsMs = new[] { taken.ToUnixTimeMilliseconds() },
        Values = new[] { cpu },
    });
}
