using Maestro.Telemetry.Scaling;

namespace Maestro.Telemetry.Cli.Replays.Scenarios;

/// <summary>Reads the policy of a group; what is left out is as on the command line.</summary>
internal static class ScenarioPolicy
{
    private static readonly Dictionary<string, ScalingMode> Modes = new()
    {
        ["observe"] = ScalingMode.Observe,
        ["recommend"] = ScalingMode.Recommend,
        ["enforce"] = ScalingMode.Enforce,
    };

    /// <param name="fields">The object; all of its fields are read.</param>
    /// <param name="lead">What the planner is told of the join time, unless the policy says otherwise.</param>
    public static Func<ScalingPolicy, ScalingPolicy> Read(ScenarioFields fields, TimeSpan lead)
    {
        var aims = Aims(fields, lead);
        var bounds = Bounds(fields);
        var pace = Pace(fields);
        fields.Done();
        return policy => pace(bounds(aims(policy)));
    }

    private static Func<ScalingPolicy, ScalingPolicy> Aims(ScenarioFields fields, TimeSpan lead)
    {
        var target = fields.Number("targetUtilization", 0.01, 1);
        var survive = fields.Number("surviveUtilization", 0.01, 1);
        var failures = fields.Whole("surviveFailures", 0, 10);
        var quantile = fields.Number("quantile", 0.5, 0.99);
        var switching = fields.Number("switchingCost", 0, 100);
        var believed = fields.Duration("leadTime") ?? lead;
        return policy => policy with
        {
            TargetUtilization = target ?? policy.TargetUtilization,
            SurviveUtilization = survive ?? policy.SurviveUtilization,
            SurviveFailures = failures ?? policy.SurviveFailures,
            Quantile = quantile ?? policy.Quantile,
            SwitchingCost = switching ?? policy.SwitchingCost,
            LeadTime = believed,
        };
    }

    private static Func<ScalingPolicy, ScalingPolicy> Bounds(ScenarioFields fields)
    {
        var priority = fields.Whole("priority", 1, 100);
        var minimum = fields.Whole("minimum", 1, 1_000);
        var maximum = fields.Whole("maximum", 1, 1_000);
        var scaleOut = fields.Choice("scaleOutMode", Modes);
        var scaleIn = fields.Choice("scaleInMode", Modes);
        if (minimum > maximum)
        {
            fields.Error("minimum", FormattableString.Invariant($"is {minimum}; it must be at most the maximum, {maximum}"));
        }

        return policy => policy with
        {
            Priority = priority ?? policy.Priority,
            Minimum = minimum ?? Math.Min(policy.Minimum, maximum ?? policy.Minimum),
            Maximum = maximum ?? Math.Max(policy.Maximum, minimum ?? policy.Maximum),
            ScaleOutMode = scaleOut ?? policy.ScaleOutMode,
            ScaleInMode = scaleIn ?? policy.ScaleInMode,
        };
    }

    private static Func<ScalingPolicy, ScalingPolicy> Pace(ScenarioFields fields)
    {
        var cooldown = fields.Duration("cooldown");
        var stabilization = fields.Duration("stabilization");
        var horizon = fields.Duration("scaleInHorizon");
        var adds = fields.Whole("maxAddsPerCycle", 1, 14);
        var unforeseen = fields.Flag("removeWithoutForecast");
        return policy => policy with
        {
            Cooldown = cooldown ?? policy.Cooldown,
            Stabilization = stabilization ?? policy.Stabilization,
            ScaleInHorizon = horizon ?? policy.ScaleInHorizon,
            MaxAddsPerCycle = adds ?? policy.MaxAddsPerCycle,
            RemoveWithoutForecast = unforeseen ?? policy.RemoveWithoutForecast,
        };
    }
}
