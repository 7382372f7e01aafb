using System.Collections.Immutable;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Forecasts;
using Maestro.Telemetry.Replay;
using Maestro.Telemetry.Scaling;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Tests.Replay;

/// <summary>Replay scenarios in few words: work in busy units, one sample each five minutes.</summary>
internal static class Traces
{
    public static readonly TimeSpan Step = TimeSpan.FromMinutes(5);
    public static readonly DateTimeOffset Start = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

    public static ReplayScenario Scenario(
        double[] work, int first = 1, int leadSteps = 3, Func<ScalingPolicy, ScalingPolicy>? policy = null) => new()
        {
            Groups = [Group(1, work, leadSteps, policy)],
            FirstStep = first,
            Joins = new() { Lead = leadSteps * Step },
            PoolUnits = 20,
            Limits = new() { MaxMembersPerSite = 30, MaxMembersPerGroup = 30 },
        };

    public static ReplayGroup Group(int id, double[] work, int leadSteps, Func<ScalingPolicy, ScalingPolicy>? policy)
    {
        var basic = new ScalingPolicy
        {
            Group = new(id),
            Priority = id,
            Minimum = 1,
            Maximum = 30,
            ScaleOutMode = ScalingMode.Enforce,
            ScaleInMode = ScalingMode.Enforce,
            TargetUtilization = 0.8,
            HardUtilization = 0.8,
            SurviveFailures = 0,
            LeadTime = leadSteps * Step,
        };
        return new()
        {
            Name = $"group-{id}",
            Demand = new(Start, Step, work),
            Policy = policy is null ? basic : policy(basic),
        };
    }

    /// <summary>A day with a hill: low at night, high in the afternoon.</summary>
    public static double[] Days(int days, double low = 0.6, double high = 5.2) =>
        [.. Enumerable.Range(0, days * 288).Select(i =>
            low + ((high - low) * Math.Max(0, Math.Sin(((i % 288) - 72) * Math.PI / 180))))];

    /// <summary>Knows the future: every quantile is what will happen.</summary>
    public sealed class Seer(ReplayScenario scenario, int steps = 36) : IReplayForecaster
    {
        private static readonly double[] Levels = [0.5, 0.95];

        public ImmutableArray<DemandForecast> Issue(int step, CancellationToken cancellationToken) =>
            [.. scenario.Groups.Select(g => Of(g, step))];

        private DemandForecast Of(ReplayGroup group, int step)
        {
            var values = group.Demand.Values.Span;
            var (marginal, maximum) = (new double[steps * 2], new double[steps * 2]);
            for (var i = 0; i < steps; i++)
            {
                var value = values[Math.Min(values.Length - 1, step + 1 + i)];
                var most = Math.Max(value, i == 0 ? 0 : maximum[(2 * i) - 1]);
                (marginal[2 * i], marginal[(2 * i) + 1]) = (value, value);
                (maximum[2 * i], maximum[(2 * i) + 1]) = (most, most);
            }

            return new()
            {
                Group = group.Policy.Group,
                Resource = Resource.CpuWork,
                Model = "seer",
                IssuedAt = scenario.TimeAt(step),
                Start = scenario.TimeAt(step + 1),
                Step = Step,
                Levels = Levels,
                Marginal = marginal,
                PathMaximum = maximum,
                Trust = new(true, 0.5, 0.95, "it knows"),
            };
        }
    }
}
