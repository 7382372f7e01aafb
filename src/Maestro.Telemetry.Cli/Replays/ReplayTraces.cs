using Maestro.Telemetry.Cli.Backtests;
using Maestro.Telemetry.Cli.Replays.Import;
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
        IReadOnlyList<(string Name, TimeSeries Series)> traces) =>
        Read([.. traces.Select(static t => new ReplayGroupPlan { Name = t.Name, Series = t.Series })]);

    /// <inheritdoc cref="Read(IReadOnlyList{ValueTuple{string, TimeSeries}})"/>
    public (ReplayScenario Scenario, IReadOnlyList<double> UnitCapacities) Read(IReadOnlyList<ReplayGroupPlan> plans)
    {
        var common = TraceGrid.Common([.. plans.Select(static p => (p.Name, p.Series))]);
        var capacities = plans.Select((p, i) => p.UnitCapacity ?? Capacity(p, common[i])).ToList();
        var most = Most(plans, common, capacities);
        var groups = plans.Select((p, i) => Group(i, p, common[i], capacities[i], most)).ToList();
        most = Math.Max(most, groups.Max(static g => g.Policy.Maximum));
        var scenario = new ReplayScenario
        {
            Groups = [.. groups],
            FirstStep = FirstStep(common[0]),
            Joins = new()
            {
                Lead = settings.Lead,
                Spread = settings.JoinSpread,
                FailureShare = settings.JoinFailures,
                Seed = settings.Seed,
            },
            PoolUnits = settings.Pool ?? (most * groups.Count),
            HardUtilization = settings.Hard,
            Limits = new FabricLimits { MaxMembersPerSite = most, MaxMembersPerGroup = most },
            JoinsTogether = settings.JoinsTogether,
        };
        return (scenario, capacities);
    }

    /// <summary>More than a group could want; the caps of a real site would hide what a policy asks for.</summary>
    private int Most(IReadOnlyList<ReplayGroupPlan> plans, IReadOnlyList<TimeSeries> common, List<double> capacities)
    {
        var peaks = plans.Select((p, i) => p.UnitCapacity is null
            ? p.PeakUnits ?? settings.PeakUnits
            : RequiredUnits.Capacity(common[i].Values.Span, 1, settings.Hard) / capacities[i]);
        return Math.Max(14, (int)Math.Ceiling(4 * peaks.Max()));
    }

    private double Capacity(ReplayGroupPlan plan, TimeSeries series) =>
        RequiredUnits.Capacity(series.Values.Span, plan.PeakUnits ?? settings.PeakUnits, settings.Hard);

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

    private ReplayGroup Group(int index, ReplayGroupPlan plan, TimeSeries series, double capacity, int most)
    {
        var work = new double[series.Count];
        for (var i = 0; i < work.Length; i++)
        {
            work[i] = series.Values.Span[i] / capacity;
        }

        return new()
        {
            Name = plan.Name,
            Demand = series with { Values = work },
            Joins = plan.Joins,
            InitialUnits = plan.InitialUnits,
            Policy = plan.Adapt(new()
            {
                Group = new(index + 1),
                Priority = index + 1,
                Minimum = settings.Minimum,
                Maximum = most,
                ScaleOutMode = ScalingMode.Enforce,
                ScaleInMode = ScalingMode.Enforce,
                TargetUtilization = settings.Target ?? settings.Hard,
                HardUtilization = settings.Hard,
                SurviveFailures = settings.Survive,
                Quantile = settings.Quantile,
                SwitchingCost = settings.SwitchingCost,
                LeadTime = settings.Lead,
            }),
        };
    }
}
