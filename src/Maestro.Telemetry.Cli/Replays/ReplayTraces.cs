using Maestro.Telemetry.Cli.Backtests;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Replay;
using Maestro.Telemetry.Scaling;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Cli.Replays;

/// <summary>Makes a scenario of traces.</summary>
internal sealed class ReplayTraces(ReplaySettings settings)
{
    private static readonly TimeSpan Weeks2 = TimeSpan.FromDays(14);

    /// <summary>The scenario, and the capacity of a unit in the unit of each trace.</summary>
    /// <exception cref="FormatException">The traces cannot be replayed; the message says why and what to do.</exception>
    public (ReplayScenario Scenario, IReadOnlyList<double> UnitCapacities) Read(
        IReadOnlyList<(string Name, TimeSeries Series)> traces)
    {
        var first = traces[0].Series;
        if (traces.Any(t => t.Series.Start != first.Start || t.Series.Step != first.Step || t.Series.Count != first.Count))
        {
            throw new FormatException("The traces are not on one grid of time; cut them to the same start, step and end.");
        }

        var capacities = traces
            .Select(t => RequiredUnits.Capacity(t.Series.Values.Span, settings.PeakUnits, settings.Hard)).ToList();
        var groups = traces.Select((t, i) => Group(i, t.Name, t.Series, capacities[i])).ToList();
        var scenario = new ReplayScenario
        {
            Groups = [.. groups],
            FirstStep = FirstStep(first),
            Joins = new()
            {
                Lead = settings.Lead,
                Spread = settings.JoinSpread,
                FailureShare = settings.JoinFailures,
                Seed = settings.Seed,
            },
            PoolUnits = settings.Pool ?? (Most * groups.Count),
            HardUtilization = settings.Hard,
            Limits = new FabricLimits { MaxMembersPerSite = Most, MaxMembersPerGroup = Most },
            JoinsTogether = settings.JoinsTogether,
        };
        return (scenario, capacities);
    }

    /// <summary>More than a group could want; the caps of a real site would hide what a policy asks for.</summary>
    private int Most => Math.Max(14, (int)Math.Ceiling(4 * settings.PeakUnits));

    private int FirstStep(TimeSeries series)
    {
        var length = series.Step * series.Count;
        var train = settings.Train ?? (length >= 2 * Weeks2 ? Weeks2 : Weeks2 / 2);
        var steps = (int)Math.Round(train / series.Step);
        return steps >= 1 && steps < series.Count
            ? steps
            : throw new FormatException(
                $"The trace is {BacktestView.Say(length)} long and the first {BacktestView.Say(train)} are history, which "
                + "leaves nothing to decide about; give a longer trace or a shorter --train.");
    }

    private ReplayGroup Group(int index, string name, TimeSeries series, double capacity)
    {
        var work = new double[series.Count];
        for (var i = 0; i < work.Length; i++)
        {
            work[i] = series.Values.Span[i] / capacity;
        }

        return new()
        {
            Name = name,
            Demand = series with { Values = work },
            Policy = new()
            {
                Group = new(index + 1),
                Priority = index + 1,
                Minimum = settings.Minimum,
                Maximum = Most,
                ScaleOutMode = ScalingMode.Enforce,
                ScaleInMode = ScalingMode.Enforce,
                TargetUtilization = settings.Target ?? settings.Hard,
                HardUtilization = settings.Hard,
                SurviveFailures = settings.Survive,
                Quantile = settings.Quantile,
                LeadTime = settings.Lead,
            },
        };
    }
}
