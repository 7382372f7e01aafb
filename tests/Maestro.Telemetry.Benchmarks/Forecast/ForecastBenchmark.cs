using System.Text.Json;
using System.Text.Json.Serialization;
using Maestro.Telemetry.Forecasting;
using Maestro.Telemetry.Forecasting.Metrics;
using Maestro.Telemetry.Forecasting.Models;

namespace Maestro.Telemetry.Benchmarks.Forecast;

/// <summary>Runs what was asked for each model and prints it.</summary>
internal sealed class ForecastBenchmark(ForecastSettings settings)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    private static readonly string[] Harmed = ["nab5", "azvm5", "net5"];

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            var all = ForecastData.Load(settings.Data);
            var cases = settings.Sub ? all.FindAll(static one => one.Sub) : all;
            var reports = new List<ForecastReport>();
            foreach (var (name, chain) in Chains())
            {
                var report = await RunAsync(name, chain, cases, cancellationToken);
                reports.Add(report);
                if (!settings.Json)
                {
                    ForecastTable.Print(Console.Out, report);
                }
            }

            if (settings.Json)
            {
                Console.WriteLine(JsonSerializer.Serialize(reports, Json));
            }

            return 0;
        }
        catch (Exception e) when (e is IOException or FormatException or InvalidOperationException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 2;
        }
    }

    private IEnumerable<(string Name, FallbackChain Chain)> Chains() => settings.Models.Count == 0
        ? [("the usual chain", FallbackChain.Default)]
        : settings.Models.Select(static name => (name, new FallbackChain(
            [.. new[] { ForecastModels.ByName(name)!, new SeasonalNaiveModel(), new NaiveModel() }.DistinctBy(m => m.Name)])));

    private async Task<ForecastReport> RunAsync(
        string name, FallbackChain chain, List<ForecastCase> cases, CancellationToken cancellationToken)
    {
        var report = new ForecastReport { Model = name };
        if (settings.Accuracy)
        {
            report = await AccuracyAsync(report, chain, cases, cancellationToken);
        }

        if (settings.Robustness)
        {
            report = report with { Robustness = await HarmAsync(chain, cases, cancellationToken) };
        }

        if (settings.Maxima)
        {
            report = report with { Maxima = Maxima(new MaximaRunner(chain, settings.Jobs).Run(cases, cancellationToken)) };
        }

        var timing = new TimingRunner(chain, settings.Jobs);
        report = settings.Timing ? report with { Timing = timing.Single(cases, cancellationToken) } : report;
        report = settings.Series > 0
            ? report with { Refit = timing.Refit(cases, settings.Series, cancellationToken) }
            : report;
        return report with { Gates = Gates.Of(report) };
    }

    private async Task<ForecastReport> AccuracyAsync(
        ForecastReport report, FallbackChain chain, List<ForecastCase> cases, CancellationToken cancellationToken)
    {
        var scores = await new ForecastRunner(chain, settings.Jobs).ScoreAsync(cases, cancellationToken);
        var columns = ForecastGroup.Columns9
            .Where(column => scores.Exists(score => score.Group == column.Group))
            .Select(column => new ReportColumn(
                column.Group, column.Horizon, ForecastRunner.Column(scores, column.Group, column.Horizon)))
            .ToList();
        return report with
        {
            Made = scores.CountBy(static score => score.Model).ToDictionary(),
            Columns = columns,
            Mean = ForecastScore.Mean([.. columns.Select(static column => column.Score)]),
            M4 = scores.Exists(static score => score.Group == ForecastGroup.M4)
                ? new(ForecastRunner.Column(scores, ForecastGroup.M4, 48))
                : null,
        };
    }

    private async Task<List<RobustnessRow>> HarmAsync(
        FallbackChain chain, List<ForecastCase> cases, CancellationToken cancellationToken)
    {
        var sub = cases.FindAll(one => one.Sub && Harmed.Contains(one.Group));
        var rows = new List<RobustnessRow>();
        foreach (var corruption in Corruption.All)
        {
            var harmed = sub.ConvertAll(one => corruption.Of(one, settings.Seed));
            var scores = await new ForecastRunner(chain, settings.Jobs).ScoreAsync(harmed, cancellationToken);
            var (hours2, hours24) = (Mean(scores, 24), Mean(scores, 288));
            rows.Add(new(corruption.Name, hours2.Mase, hours24.Mase, hours24.Coverage95)
            {
                Ratio2H = hours2.Mase / (rows.Count == 0 ? hours2.Mase : rows[0].Mase2H),
                Ratio24H = hours24.Mase / (rows.Count == 0 ? hours24.Mase : rows[0].Mase24H),
            });
        }

        return rows;
    }

    private static ForecastScore Mean(List<CaseScore> scores, int horizon) =>
        ForecastScore.Mean([.. Harmed.Select(group => ForecastRunner.Column(scores, group, horizon))]);

    private static List<MaximaColumn> Maxima(List<MaximaScore> scores) =>
        [.. scores.Select(static score => (score.Group, score.Minutes)).Distinct().Select(column =>
        {
            var (coverage, loss, windows) = MaximaRunner.Column(scores, column.Group, column.Minutes);
            return new MaximaColumn(column.Group, column.Minutes, windows, coverage, loss);
        })];
}
