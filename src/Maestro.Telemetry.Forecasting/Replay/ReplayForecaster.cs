using System.Collections.Immutable;
using Maestro.Telemetry.Forecasts;
using Maestro.Telemetry.Replay;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Forecasting.Replay;

/// <summary>
/// Forecasts a replay as the service does: a model is fitted to the samples known then, follows the series sample by
/// sample, and is fitted anew now and then.
/// </summary>
public sealed class ReplayForecaster : IReplayForecaster
{
    private readonly ReplayScenario _scenario;
    private readonly ImmutableArray<ForecastPipeline> _pipelines;
    private readonly PreparedForecast?[] _prepared;
    private readonly Dictionary<int, LearnedForecast>[] _learned;
    private readonly int[] _fittedAt;
    private readonly int _refitSteps;

    /// <param name="scenario">What is replayed.</param>
    /// <param name="options">How to forecast; the lead time and the level come from each group's policy.</param>
    /// <param name="chain">The models, best first.</param>
    /// <param name="refitEvery">Time after which a model is fitted anew; above zero.</param>
    public ReplayForecaster(
        ReplayScenario scenario, ForecastOptions options, FallbackChain chain, TimeSpan refitEvery)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(refitEvery, TimeSpan.Zero);
        _scenario = scenario;
        _pipelines =
        [
            .. scenario.Groups.Select(g => new ForecastPipeline(
                options with { LeadTime = g.Policy.LeadTime }, chain)),
        ];
        _prepared = new PreparedForecast?[scenario.Groups.Length];
        _learned = [.. scenario.Groups.Select(_ => new Dictionary<int, LearnedForecast>())];
        _fittedAt = new int[scenario.Groups.Length];
        _refitSteps = ForecastOptions.Steps(refitEvery, scenario.Step);
    }

    /// <summary>Models fitted so far.</summary>
    public int Fits { get; private set; }

    public ImmutableArray<DemandForecast> Issue(int step, CancellationToken cancellationToken)
    {
        var forecasts = ImmutableArray.CreateBuilder<DemandForecast>(_prepared.Length);
        for (var i = 0; i < _prepared.Length; i++)
        {
            var group = _scenario.Groups[i];
            var prepared = Follow(i, group.Seen, step, cancellationToken);
            var forecast = prepared.Issue(
                group.Policy.Group, Resource.CpuWork, _scenario.TimeAt(step), cancellationToken);
            if (forecast.Steps > 0)
            {
                forecasts.Add(forecast);
            }
        }

        return forecasts.ToImmutable();
    }

    private PreparedForecast Follow(int index, TimeSeries seen, int step, CancellationToken cancellationToken)
    {
        var known = seen with { Values = seen.Values[..(step + 1)] };
        if (_prepared[index] is { } current)
        {
            for (var next = (int)((current.Next - known.Start) / known.Step); next <= step; next++)
            {
                current.Observe(known.Values.Span[next]);
            }

            if (step - _fittedAt[index] < _refitSteps)
            {
                return current;
            }
        }

        Fits++;
        _fittedAt[index] = step;
        return _prepared[index] =
            ForecastPipeline.Continue(Learned(index, seen, step, cancellationToken), _prepared[index], cancellationToken);
    }

    /// <summary>
    /// What is learned of the samples up to the step. The next fits are made at the same time, one on each core; each
    /// is shown the samples up to its own step, so that none knows more than it may.
    /// </summary>
    private LearnedForecast Learned(int index, TimeSeries seen, int step, CancellationToken cancellationToken)
    {
        if (!_learned[index].Remove(step, out var learned))
        {
            var last = Math.Min(Environment.ProcessorCount, ((_scenario.Steps - 1 - step) / _refitSteps) + 1);
            var fits = Enumerable.Range(0, last).Select(fit => step + (fit * _refitSteps)).AsParallel().AsOrdered()
                .WithCancellation(cancellationToken)
                .Select(at => (at, _pipelines[index].Learn(
                    seen with { Values = seen.Values[..(at + 1)] }, default, cancellationToken)));
            foreach (var (at, fit) in fits)
            {
                _learned[index][at] = fit;
            }

            _learned[index].Remove(step, out learned);
        }

        return learned!;
    }
}
