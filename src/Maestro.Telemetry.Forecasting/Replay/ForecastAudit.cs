using System.Collections.Immutable;
using System.Globalization;
using Maestro.Telemetry.Forecasting.Metrics;
using Maestro.Telemetry.Forecasts;
using Maestro.Telemetry.Replay;

namespace Maestro.Telemetry.Forecasting.Replay;

/// <summary>Writes down what a forecaster said for the lead time, and holds it against what followed.</summary>
/// <param name="inner">The forecaster.</param>
/// <param name="scenario">What is replayed.</param>
public sealed class ForecastAudit(IReplayForecaster inner, ReplayScenario scenario) : IReplayForecaster
{
    private static readonly double[] Levels = [0.5, 0.9, 0.95, 0.98];

    private readonly int[] _leads =
        [.. scenario.Groups.Select(g => ForecastOptions.Steps(scenario.JoinsOf(g).Lead, scenario.Step))];

    private readonly List<Said>[] _said = [.. scenario.Groups.Select(_ => new List<Said>())];

    public ImmutableArray<DemandForecast> Issue(int step, CancellationToken cancellationToken)
    {
        var forecasts = inner.Issue(step, cancellationToken);
        foreach (var forecast in forecasts)
        {
            var group = IndexOf(forecast);
            if (group >= 0 && _leads[group] is var lead && forecast.Steps >= lead && step + lead < scenario.Steps)
            {
                _said[group].Add(new(
                    step,
                    [.. Levels.Select(level => ForecastQuantiles.PathMaximum(forecast, lead - 1, level))],
                    ForecastQuantiles.Marginal(forecast, lead - 1, 0.1),
                    ForecastQuantiles.Marginal(forecast, lead - 1, 0.5),
                    ForecastQuantiles.Marginal(forecast, lead - 1, 0.9)));
            }
        }

        return forecasts;
    }

    /// <summary>How good the forecasts so far were, one of each group.</summary>
    public IReadOnlyList<ForecastQuality> Judge() =>
        [.. scenario.Groups.Select((group, i) => Judge(group, _leads[i], _said[i]))];

    private ForecastQuality Judge(ReplayGroup group, int lead, List<Said> said)
    {
        var values = group.Demand.Values.Span;
        var day = (int)Math.Round(TimeSpan.FromDays(1) / scenario.Step);
        var (count, covered, loss) = (0, 0, new double[Levels.Length]);
        var (error, naive, width, bias, mean) = (0.0, 0.0, 0.0, 0.0, 0.0);
        foreach (var one in said)
        {
            var at = one.Step + lead;
            var peak = Peak(values.Slice(one.Step + 1, lead));
            if (double.IsNaN(peak) || at < day || double.IsNaN(values[at - day]))
            {
                continue;
            }

            count++;
            covered += Coverage.Holds(peak, one.Maxima[2]) ? 1 : 0;
            mean += values[at];
            error += Math.Abs(values[at] - one.Median);
            naive += Math.Abs(values[at] - values[at - day]);
            width += one.High - one.Low;
            bias += one.Median - values[at];
            for (var level = 0; level < Levels.Length; level++)
            {
                loss[level] += Metrics.Pinball.Loss(peak, one.Maxima[level], Levels[level]);
            }
        }

        return new()
        {
            Group = group.Name,
            Count = count,
            MaximumCoverage95Percent = 100.0 * covered / count,
            Pinball = Levels.Select((level, i) => (level, Loss: loss[i] / mean)).ToImmutableSortedDictionary(
                static pair => pair.level.ToString(CultureInfo.InvariantCulture), static pair => pair.Loss),
            Width80 = width / mean,
            Mase = error / naive,
            Bias = bias / mean,
        };
    }

    private int IndexOf(DemandForecast forecast)
    {
        for (var i = 0; i < scenario.Groups.Length; i++)
        {
            if (scenario.Groups[i].Policy.Group == forecast.Group)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>The highest value; NaN when any is missing.</summary>
    private static double Peak(ReadOnlySpan<double> window)
    {
        var peak = window[0];
        foreach (var value in window)
        {
            peak = Math.Max(peak, value);
        }

        return peak;
    }

    private readonly record struct Said(int Step, double[] Maxima, double Low, double Median, double High);
}
