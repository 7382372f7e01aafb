using System.Collections.Immutable;
using System.Runtime.ExceptionServices;
using Maestro.Telemetry.Forecasts;

namespace Maestro.Telemetry.Replay;

/// <summary>
/// Runs contestants over a trace, sample by sample: who decides at a sample knows the samples up to it. A unit that is
/// freed serves no more at the next sample; one that is ordered serves from the first sample after its lead time. All
/// contestants walk side by side, so that each forecast is made once; they do not know of each other, so that they may
/// walk at the same time.
/// </summary>
public static class ReplayEngine
{
    /// <summary>Samples whose forecasts are made while the contestants decide about those before.</summary>
    private const int Block = 48;

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
        var next = Issue(scenario, scenario.FirstStep, forecaster, cancellationToken);
        for (var from = scenario.FirstStep; from < scenario.Steps; from += Block)
        {
            var (first, forecasts) = (from, next);
            Together(
                () => next = Issue(scenario, first + Block, forecaster, cancellationToken),
                () => Parallel.ForEach(runs, run => Advance(run, first, forecasts, cancellationToken)));
            progress?.Report((double)(from - scenario.FirstStep) / (scenario.Steps - scenario.FirstStep));
        }

        progress?.Report(1);
        return [.. contestants.Zip(runs, static (who, run) => new ContestantTracks(who.Name, run.Tracks))];
    }

    /// <summary>The forecasts of the samples of a block, one step after the other.</summary>
    private static List<ImmutableArray<DemandForecast>> Issue(
        ReplayScenario scenario, int first, IReplayForecaster? forecaster, CancellationToken cancellationToken)
    {
        var forecasts = new List<ImmutableArray<DemandForecast>>(Block);
        for (var step = first; step < Math.Min(scenario.Steps, first + Block); step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            forecasts.Add(forecaster?.Issue(step, cancellationToken) ?? []);
        }

        return forecasts;
    }

    private static void Advance(
        ContestantRun run, int first, List<ImmutableArray<DemandForecast>> forecasts, CancellationToken cancellationToken)
    {
        for (var i = 0; i < forecasts.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            run.Advance(first + i, forecasts[i]);
        }
    }

    /// <summary>Does both at the same time; the first error of either is thrown as it is.</summary>
    private static void Together(Action one, Action other)
    {
        try
        {
            Parallel.Invoke(one, other);
        }
        catch (AggregateException errors)
        {
            ExceptionDispatchInfo.Throw(errors.Flatten().InnerExceptions[0]);
        }
    }
}
