using Maestro.Telemetry.IntegrationTests.Storage;
using Xunit.Abstractions;

namespace Maestro.Telemetry.IntegrationTests.Service;

/// <summary>The store is a place to keep things: what is decided does not depend on which it is.</summary>
public sealed class SameDecisionsTests(InfluxProcess influx, ITestOutputHelper output) : IClassFixture<InfluxProcess>
{
    private const int Minutes = 45;

    private static readonly DateTimeOffset Morning = new(2026, 11, 19, 7, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan History = TimeSpan.FromDays(3);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(8);

    [Fact]
    public async Task Influx_InPlaceOfSqlite_LeadsToTheSameDecisionsAndCommands()
    {
        using var bounded = new CancellationTokenSource(Patience, TimeProvider.System);
        await using var onSqlite = new SteppedService(Morning);
        await using var onInflux = new SteppedService(
            Morning, ("Maestro:Storage:Kind", "influxdb"), ("Maestro:Storage:Influx:Url", influx.Url.ToString()));

        var runs = await Task.WhenAll(RunAsync(onSqlite, bounded.Token), RunAsync(onInflux, bounded.Token));

        output.WriteLine(string.Join(Environment.NewLine, runs[0]));
        Assert.Contains(runs[0], line => line.Contains(": Add ", StringComparison.Ordinal));
        Assert.Equal(runs[0], runs[1]);
    }

    private static Task<IReadOnlyList<string>> RunAsync(SteppedService service, CancellationToken cancellationToken) =>
        Task.Run(
            async () =>
            {
                await service.StartAsync(History, cancellationToken);
                for (var minute = 0; minute < Minutes; minute++)
                {
                    await service.StepAsync(cancellationToken);
                }

                return await service.RecordsAsync(cancellationToken);
            },
            cancellationToken);
}
