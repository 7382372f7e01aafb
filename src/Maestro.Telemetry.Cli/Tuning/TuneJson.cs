using System.Text.Json;
using Maestro.Telemetry.Cli.Replays;
using Maestro.Telemetry.Replay;

namespace Maestro.Telemetry.Cli.Tuning;

/// <summary>A tuning as JSON: the same tuning gives the same text.</summary>
internal static class TuneJson
{
    public static string Of(TuneOutcome outcome) => JsonSerializer.Serialize(
        new
        {
            outcome.Limits.MaxUnder,
            outcome.Limits.MaxCost,
            ChosenFrom = outcome.Scenario.TimeAt(outcome.Scenario.FirstStep),
            JudgedFrom = outcome.Scenario.TimeAt(outcome.Split),
            LeadMinutes = outcome.Settings.Lead.TotalMinutes,
            outcome.Settings.PeakUnits,
            SurviveFailures = outcome.Settings.Survive,
            HardUtilization = outcome.Settings.Hard,
            Model = outcome.Settings.Model.Name,
            outcome.Settings.Seed,
            outcome.Fits,
            Groups = outcome.Groups.Select(group => new
            {
                group.Name,
                Recommended = Point(group.Advice.Best),
                group.Advice.KeepsLimits,
                KeepsLimitsWhenJudged = TuneAdvice.Keeps(group.Advice.Best.Judged, outcome.Limits),
                NextCheaper = group.Advice.Cheaper is { } cheaper ? Point(cheaper) : null,
                Sentences = group.Advice.Sentences(outcome.Limits),
                group.Configuration,
                Points = group.Points.Select(Point),
            }),
        },
        ReplayJson.Web);

    private static object Point(TunePoint point) => new
    {
        Setting = point.Setting.Positions.Select(static (position, k) => (TuneKnobs.All[k], position))
            .ToDictionary(static p => JsonNamingPolicy.CamelCase.ConvertName(p.Item1.Key), static p => p.position),
        point.OnFrontier,
        Chosen = Figures(point.Chosen),
        Judged = Figures(point.Judged),
    };

    private static object Figures(ElasticityMetrics metrics) => new
    {
        metrics.UnderProvisionedPercent,
        metrics.UnitHoursVsOracle1,
        metrics.UnitHours,
        metrics.MovesPerDay,
        metrics.LongestViolationMinutes,
    };
}
