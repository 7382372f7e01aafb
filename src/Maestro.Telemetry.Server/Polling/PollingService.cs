using Maestro.Telemetry.Server.Configuration;

namespace Maestro.Telemetry.Server.Polling;

/// <summary>Asks every target in turns of its own; no target is ever asked by two rounds at once.</summary>
internal sealed class PollingService(
    IOptions<PollingOptions> options, PollerFactory pollers, TimeProvider time) : BackgroundService
{
    // Targets do not begin together, and the first figures are not long in coming.
    private static readonly TimeSpan FirstWithin = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Breath = TimeSpan.FromSeconds(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => options.Value.Enabled
        ? Task.WhenAll(options.Value.Targets.Select(target => RunAsync(target, stoppingToken)))
        : Task.CompletedTask;

    private async Task RunAsync(PollTargetOptions target, CancellationToken stoppingToken)
    {
        var chance = new Random(HashCode.Combine(target.Group, time.GetUtcNow()));
        await using var poller = pollers.Create(target);
        try
        {
            await Task.Delay(FirstWithin * chance.NextDouble(), time, stoppingToken);
            while (true)
            {
                var started = time.GetTimestamp();
                await poller.RoundAsync(stoppingToken);
                var rest = PollPace.Next(options.Value.Interval, poller.Failures, chance.NextDouble())
                    - time.GetElapsedTime(started);
                await Task.Delay(rest > Breath ? rest : Breath, time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The service stops; the session is logged out of behind us.
        }
    }
}
