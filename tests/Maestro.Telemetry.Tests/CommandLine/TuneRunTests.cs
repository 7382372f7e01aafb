using Maestro.Telemetry.Cli.Replays;
using Maestro.Telemetry.Cli.Tuning;
using Maestro.Telemetry.Forecasting;
using Maestro.Telemetry.Replay;
using Maestro.Telemetry.Scaling;
using Maestro.Telemetry.Series;
using Maestro.Telemetry.Tests.Replay;

namespace Maestro.Telemetry.Tests.CommandLine;

public sealed class TuneRunTests
{
    private static readonly ScalingPolicy Policy = new()
    {
        Group = new(1),
        TargetUtilization = 0.8,
        LeadTime = TimeSpan.FromMinutes(15),
        SurviveFailures = 0,
    };

    [Fact]
    public void Grid_BeginsWithThePolicy_AndHasEachSettingOnce()
    {
        var grid = TuneGrid.Of(Settings(), Policy);

        Assert.Equal(Policy, grid[0].Turn(Policy));
        Assert.Equal(grid.Count, grid.Select(static s => s.Name).Distinct().Count());
        Assert.All(TuneKnobs.All.Select(static (knob, k) => (knob, k)), p => Assert.All(
            p.knob.Positions(Settings()), position => Assert.Contains(grid, s => s.Positions[p.k] == position)));
    }

    [Fact]
    public void Knob_IsReadAsItWasTurned()
    {
        Assert.All(TuneKnobs.All, static knob => Assert.All(
            knob.Positions(Settings()), position => Assert.Equal(position, knob.Read(knob.Turn(Policy, position)))));
    }

    [Fact]
    public void Advice_WithALimitOnShortage_IsTheCheapestThatKeepsIt()
    {
        var (dear, fit, cheap) = (Point(0.9, 0.1, 1.3), Point(0.8, 0.3, 1.1), Point(0.7, 0.9, 1.05));

        var advice = TuneAdvice.Of([dear, fit, cheap], new(0.3, null));

        Assert.Equal((fit, cheap, true), (advice.Best, advice.Cheaper, advice.KeepsLimits));
        Assert.Equal(
            "The next cheaper, quantile 0.7: 0.90 % under at 1.050 × oracle(1), 6.0 changes a day.",
            advice.Sentences(new(0.3, null)).Last());
    }

    [Fact]
    public void Advice_WithALimitOnCost_IsTheLeastShortThatKeepsIt()
    {
        var (dear, fit, cheap) = (Point(0.9, 0.1, 1.3), Point(0.8, 0.3, 1.1), Point(0.7, 0.9, 1.05));

        Assert.Equal(fit, TuneAdvice.Of([dear, fit, cheap], new(null, 1.2)).Best);
    }

    [Fact]
    public void Advice_WhenNoneKeepsTheLimits_IsTheLeastShort_AndSaysSo()
    {
        var (dear, cheap) = (Point(0.9, 0.1, 1.3), Point(0.7, 0.9, 1.05));

        var advice = TuneAdvice.Of([dear, cheap], new(0.01, null));

        Assert.Equal((dear, false), (advice.Best, advice.KeepsLimits));
        Assert.StartsWith(
            "No setting keeps 0.01 % under", advice.Sentences(new(0.01, null)).First(), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_ChoosesByTheEarlierPart_AndJudgesByTheLater()
    {
        var outcome = new TuneRun(Settings(), new(50, null)).Run([("trace", Trace())], null, default);

        var group = Assert.Single(outcome.Groups);
        Assert.True(group.Advice.KeepsLimits);
        Assert.Equal(group.Points.Min(static p => p.Chosen.UnitHours), group.Advice.Best.Chosen.UnitHours);
        Assert.Equal(outcome.Scenario.FirstStep + 173, outcome.Split);
        Assert.Equal((173, 288 - 173), (group.Points[0].Chosen.Samples, group.Points[0].Judged.Samples));
        Assert.Contains(group.Points, static p => p.OnFrontier);
        Assert.StartsWith("\"Quantile\": ", group.Configuration[0], StringComparison.Ordinal);
        Assert.Contains("\"keepsLimitsWhenJudged\": true", TuneJson.Of(outcome), StringComparison.Ordinal);
        Assert.Contains("recommended", TuneHtml.Of(outcome), StringComparison.Ordinal);
    }

    private static TimeSeries Trace() => new(Traces.Start, Traces.Step, Traces.Days(3));

    private static ReplaySettings Settings() => new()
    {
        Traces = [],
        Lead = TimeSpan.FromMinutes(15),
        PeakUnits = 8,
        Survive = 0,
        Train = TimeSpan.FromDays(2),
        Model = ForecastModels.ByName("seasonal-naive")!,
    };

    private static TunePoint Point(double quantile, double under, double cost)
    {
        var metrics = new ElasticityMeter([1, 1, 1], 0, Traces.Step).Measure([1, 1, 1]) with
        {
            UnderProvisionedPercent = under,
            UnitHoursVsOracle1 = cost,
            MovesPerDay = 6,
        };
        return new(new([quantile, 0.8, 60, 30, 120]), metrics, metrics, OnFrontier: true);
    }
}
