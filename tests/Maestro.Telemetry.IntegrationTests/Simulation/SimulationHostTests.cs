using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Maestro.Telemetry.Simulator;
using Maestro.Telemetry.Simulator.Fabric;
using Maestro.Telemetry.Simulator.Faults;
using Maestro.Telemetry.Simulator.Hosting;
using Maestro.Telemetry.Simulator.Scenarios;
using Microsoft.Extensions.Logging.Abstractions;

namespace Maestro.Telemetry.IntegrationTests.Simulation;

public sealed class SimulationHostTests
{
    private const string Free = "1007RT1955";

    // Where a row of a simulated SGM has these metrics.
    private const int ReceivedBits = 5;
    private const int MemberState = 11;

    private static readonly DateTimeOffset Tuesday = new(2026, 1, 13, 8, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task LoadHistory_SendsEveryRowThroughTheAgents()
    {
        await using var collector = await RecordingCollector.StartAsync();
        await using var host = NewHost(speed: 1);
        var told = new List<(long Rows, long Total)>();
        var minute = TimeSpan.FromMinutes(1);

        var result = await host
            .LoadHistoryAsync(
                collector.Address, Tuesday.AddHours(-4), Tuesday, minute, new Recorder(told), CancellationToken.None)
            .WaitAsync(Patience);

        Assert.Equal(new(24 * 240, 24 * 240, 0, Tuesday), result);
        Assert.Equal(24 * 240, collector.RowCount);
        Assert.Equal((24 * 240L, 24 * 240L), told[^1]);
        var times = collector.Rows[Free].Select(r => r.TimeMs).ToList();
        Assert.Equal(Tuesday.AddHours(-4).ToUnixTimeMilliseconds(), times[0]);
        Assert.Equal(Tuesday.AddMinutes(-1).ToUnixTimeMilliseconds(), times[^1]);
        Assert.Equal(result.Rows, host.Counters.Acknowledged);
    }

    [Fact]
    public async Task LoadHistoryUntilNow_LeavesNoGapBehindAFastClock()
    {
        await using var collector = await RecordingCollector.StartAsync();
        await using var host = NewHost(speed: 600);
        var step = TimeSpan.FromMinutes(10);

        var result = await host
            .LoadHistoryUntilNowAsync(collector.Address, Tuesday.AddDays(-7), step, null, CancellationToken.None)
            .WaitAsync(Patience);

        Assert.True(result.To >= Tuesday);
        var times = collector.Rows[Free].Select(r => r.TimeMs).ToList();
        Assert.All(times.Zip(times.Skip(1)), pair => Assert.Equal(600_000, pair.Second - pair.First));
    }

    [Fact]
    public async Task Agents_StreamEverySgmAndFollowTheirGroup()
    {
        await using var collector = await RecordingCollector.StartAsync();
        await using var host = NewHost(speed: 600);
        await host.StartAsync(CancellationToken.None);
        host.StartAgents(collector.Address);
        await UntilAsync(() => collector.Rows.Count == 24);

        host.Fabric.Stage(Free, 1);
        Assert.Empty(host.Fabric.Apply());

        await UntilAsync(() => collector.Hellos.Any(h => h.Serial == Free && h.SecurityGroup == 1));
        await UntilAsync(() => host.Observer.Changes.Any(c => c.Kind == ObservedChangeKind.Joined && c.Serial == Free));
        await UntilAsync(() => Last(collector, Free)[MemberState] == (double)Protocol.V1.MemberState.Active);
        Assert.True(Last(collector, Free)[ReceivedBits] > 1e8);
        Assert.Equal(0, collector.Hellos.First(h => h.Serial == Free).SecurityGroup);
        Assert.Empty(host.Observer.Breaches);

        await host.StopAsync().WaitAsync(Patience);
        Assert.Equal(host.Counters.Acknowledged, collector.RowCount);
        Assert.Equal((24, 1, 0L), (host.Counters.Agents, host.Counters.Joined, host.Counters.RefusedByOutbox));
    }

    [Fact]
    public async Task Faults_OverTheControlPort_SilenceAndStickAnAgent()
    {
        await using var collector = await RecordingCollector.StartAsync();
        await using var host = NewHost(speed: 60);
        await host.StartAsync(CancellationToken.None);
        using var http = new HttpClient { BaseAddress = host.ControlUrl, Timeout = Patience };
        await InjectAsync(http, new() { ["kind"] = "TelemetryGap", ["serial"] = Free });
        await InjectAsync(http, new() { ["kind"] = "StuckValues", ["serial"] = "1007RT1940" });

        host.StartAgents(collector.Address);
        await UntilAsync(() => collector.Rows.GetValueOrDefault("1007RT1940")?.Count > 5);

        Assert.False(collector.Rows.ContainsKey(Free));
        var stuck = collector.Rows["1007RT1940"].Select(r => r.Values).ToList();
        Assert.All(stuck, values => Assert.Equal(stuck[0], values));
        using var cleared = await http.DeleteAsync("/simulator/faults");
        await UntilAsync(() => collector.Rows.ContainsKey(Free));
        var status = (await http.GetFromJsonAsync<JsonObject>("/simulator/status"))!;
        Assert.Equal(24, (int)status["agents"]!);
    }

    [Theory]
    [InlineData("""{"kind":"NoSuchThing"}""")]
    [InlineData("""{"kind":"Down","color":1}""")]
    [InlineData("""{"kind":"MemberLost","serial":"none"}""")]
    [InlineData("null")]
    [InlineData("{")]
    public async Task Control_OfWhatIsNoFault_SaysWhy(string body)
    {
        await using var host = NewHost(speed: 1);
        await host.StartAsync(CancellationToken.None);
        using var http = new HttpClient { BaseAddress = host.ControlUrl, Timeout = Patience };
        using var content = new StringContent(body);

        using var response = await http.PostAsync("/simulator/faults", content);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.NotEmpty((string?)(await response.Content.ReadFromJsonAsync<JsonObject>())!["problem"] ?? "");
    }

    [Fact]
    public async Task Observer_SeesWhatTheRulesForbid()
    {
        await using var host = NewHost(speed: 1);
        await host.StartAsync(CancellationToken.None);
        foreach (var member in host.Fabric.View().MembersOf(3).Take(3))
        {
            Assert.Null(host.Faults.Inject(new() { Kind = FaultKind.OutOfBand, Serial = member.Serial, Group = 0 }));
        }

        var breach = Assert.Single(host.Observer.Breaches);
        Assert.Equal((BreachKind.BelowMinimum, "3"), (breach.Kind, breach.Subject));
        Assert.Equal(3, host.Counters.Removed);
    }

    private static double[] Last(RecordingCollector collector, string serial) => collector.Rows[serial].Last().Values;

    private static SimulationHost NewHost(double speed) => new(
        Scenario.DualSite(), new SimulationClock(Tuesday, speed), new(), NullLoggerFactory.Instance);

    private static async Task InjectAsync(HttpClient http, JsonObject fault)
    {
        using var response = await http.PostAsJsonAsync("/simulator/faults", fault);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!condition())
        {
            await timer.WaitForNextTickAsync(patience.Token);
        }
    }

    private sealed class Recorder(List<(long Rows, long Total)> told) : IProgress<(long Rows, long Total)>
    {
        public void Report((long Rows, long Total) value) => told.Add(value);
    }
}
