using Maestro.Telemetry.Cli.Replays;
using Maestro.Telemetry.Scaling;

namespace Maestro.Telemetry.Cli.Tuning;

/// <summary>Which settings are tried.</summary>
internal static class TuneGrid
{
    /// <summary>The setting of the policy first, each setting once.</summary>
    public static IReadOnlyList<TuneSetting> Of(ReplaySettings settings, ScalingPolicy policy)
    {
        double[] given = [.. TuneKnobs.All.Select(knob => knob.Read(policy))];
        List<double[]> all = [given];
        var crossed = Indices(static knob => knob.IsCrossed);
        List<double[]> combined = [given];
        foreach (var k in crossed)
        {
            combined = [.. combined.SelectMany(one => Turned(one, k, settings))];
        }

        all.AddRange(combined);
        foreach (var k in Indices(static knob => !knob.IsCrossed))
        {
            all.AddRange(Turned(given, crossed[0], settings).SelectMany(one => Turned(one, k, settings)));
        }

        return [.. all.Select(static positions => new TuneSetting(positions)).DistinctBy(static setting => setting.Name)];
    }

    private static List<int> Indices(Func<TuneKnob, bool> which) =>
        [.. Enumerable.Range(0, TuneKnobs.All.Count).Where(k => which(TuneKnobs.All[k]))];

    private static IEnumerable<double[]> Turned(double[] one, int knob, ReplaySettings settings)
    {
        foreach (var position in TuneKnobs.All[knob].Positions(settings))
        {
            double[] turned = [.. one];
            turned[knob] = position;
            yield return turned;
        }
    }
}
