using System.Collections.Immutable;
using Maestro.Telemetry.Forecasts;

namespace Maestro.Telemetry.Replay;

/// <summary>
/// Runs contestants over a trace, sample by sample: who decides at a sample knows the samples up to it. A unit that is
/// freed serves no more at the next sample; one that is ordered serves from the first sample after its lead time. All
/// contestants walk side by side, so that each forecast is made once.
/// </summary>
public static class ReplayEngine
{
    /// <summary>Replays the scenario.</summary>
    /// <param name="scenario">What is replayed.</param>
    /// <param name="contestants">Who decides.</param>
    /// <param name="forecaster">Forecasts; null when nobody needs them.</param>
    /// <param name="progress">Told the share that is done, 0 to 1; may be null.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="ArgumentException">The scenario does not hang together.</exception>
    public static IReadOnlyList<ContestantTracks> Run(
        ReplayScenario scenario,
        IReadOnlyList<ReplayContestant> contestants,
        IReplayForecaster? forecaster,
        IProgress<double>? progress,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(contestants);
        scenario.Guard();
        var runs = contestants.Select(c => c.Begin(scenario)).ToList();
        for (var step = scenario.FirstStep; step < scenario.Steps; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ImmutableArray<DemandForecast> forecasts = forecaster?.Issue(step, cancellationToken) ?? [];
            foreach (var run in runs)
            {
                run.Advance(step, forecasts);
            }

            if (step % 64 == 0)
            {
                progress?.Report((double)(step - scenario.FirstStep) / (scenario.Steps - scenario.FirstStep));
            }
        }

        progress?.Report(1);
        return [.. contestants.Zip(runs, static (who, run) => new ContestantTracks(who.Name, run.Tracks))];
    }
}
