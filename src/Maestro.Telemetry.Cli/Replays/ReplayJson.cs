using System.Text.Json;
using System.Text.Json.Serialization;

namespace Maestro.Telemetry.Cli.Replays;

/// <summary>A replay as JSON: the same replay gives the same text. Figures that are unknown are null.</summary>
internal static class ReplayJson
{
    internal static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Converters = { new UnknownIsNull(), new JsonStringEnumConverter() },
    };

    public static string Of(ReplayOutcome outcome) => JsonSerializer.Serialize(
        new
        {
            outcome.Scenario.Groups[0].Demand.Start,
            StepSeconds = outcome.Scenario.Step.TotalSeconds,
            Samples = outcome.Scenario.Steps,
            FirstDecided = outcome.Scenario.TimeAt(outcome.Scenario.FirstStep),
            LeadMinutes = outcome.Settings.Lead.TotalMinutes,
            outcome.Settings.PeakUnits,
            SurviveFailures = outcome.Settings.Survive,
            HardUtilization = outcome.Settings.Hard,
            TargetUtilization = outcome.Settings.Target ?? outcome.Settings.Hard,
            outcome.Settings.Quantile,
            SwitchingCostUnitHours = outcome.Settings.SwitchingCost,
            Model = outcome.Settings.Model.Name,
            RefitHours = outcome.Settings.RefitEvery.TotalHours,
            outcome.Settings.Seed,
            outcome.Fits,
            Groups = outcome.Result.Groups.Select((group, i) => new
            {
                group.Name,
                UnitCapacity = outcome.UnitCapacities[i],
                outcome.Scenario.Groups[i].Policy.Priority,
                LeadMinutes = outcome.Scenario.JoinsOf(outcome.Scenario.Groups[i]).Lead.TotalMinutes,
                Forecast = outcome.Forecasts[i],
                Policies = group.Policies.Select(Policy),
                Frontier = outcome.Frontier.Where(p => p.Group == group.Name).Select(static p => new
                {
                    p.Policy,
                    p.Knob,
                    p.Metrics.UnderProvisionedPercent,
                    p.Metrics.UnitHoursVsOracle1,
                    p.Metrics.MovesPerDay,
                }),
            }),
            Changes = outcome.Changes.Select(ChangeView.Json),
            Together = outcome.Result.Groups.Length > 1 ? outcome.Result.Together : [],
            outcome.Result.SharedOracles,
        },
        Web);

    private static Dictionary<string, object?> Policy(Telemetry.Replay.PolicyResult policy)
    {
        var fields = new Dictionary<string, object?> { ["policy"] = policy.Name };
        foreach (var (name, value) in JsonSerializer.SerializeToElement(policy.Metrics, Web).EnumerateObject()
            .Select(static p => (p.Name, p.Value)))
        {
            fields[name] = value;
        }

        fields["elasticSpeedup"] = policy.ElasticSpeedup;
        fields["explainedPercent"] = policy.ExplainedPercent;
        fields["trustedPercent"] = policy.TrustedPercent;
        fields["refusedPlans"] = policy.RefusedPlans;
        fields["reasons"] = policy.Reasons.ToDictionary(static r => r.Key.ToString(), static r => r.Value);
        return fields;
    }

    private sealed class UnknownIsNull : JsonConverter<double>
    {
        public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.Null ? double.NaN : reader.GetDouble();

        public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
        {
            if (double.IsFinite(value))
            {
                writer.WriteNumberValue(Math.Round(value, 9));
            }
            else
            {
                writer.WriteNullValue();
            }
        }
    }
}
