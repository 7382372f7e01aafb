using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Maestro.Telemetry.Cli.Backtests;
using Maestro.Telemetry.Forecasting;
using Maestro.Telemetry.Forecasting.Backtest;

namespace Maestro.Telemetry.Tests.CommandLine;

public sealed class BacktestRunTests
{
    private static readonly BacktestSettings Settings = new()
    {
        Series = "-",
        Models = [ForecastModels.ByName("naive")!],
        Horizon = TimeSpan.FromHours(12),
        Origins = 4,
        Context = TimeSpan.FromDays(7),
        Windows = [TimeSpan.FromMinutes(30), TimeSpan.FromHours(2)],
        Strategy = BacktestStrategy.Refit,
    };

    [Fact]
    public void EachColumn_IsJudgedByEachModel()
    {
        var results = Run(Settings);

        Assert.Equal(["a<b", "gap"], results.Select(r => r.Name));
        Assert.All(results, r => Assert.Equal(["naive", "seasonal-naive"], r.Result.Models.Select(m => m.Model)));

        // A window of less than two steps has no maximum of its own.
        Assert.All(results, r => Assert.Equal([2], r.Result.Models[0].Windows.Select(w => w.Steps)));
    }

    [Fact]
    public void MissingValuesAtTheEnds_AreLeftOut()
    {
        var gap = Run(Settings with { Columns = ["gap"] })[0];

        Assert.Equal(new DateTimeOffset(2026, 1, 1, 5, 0, 0, TimeSpan.Zero), gap.Start);
        Assert.Equal((240 - 5) - 3, gap.Values.Length);
    }

    [Fact]
    public void Column_ThatIsNotThere_IsRefusedWithThoseThatAre() => Assert.Equal(
        "--column is 'x', and there is no such column; there are a<b, gap.",
        Assert.Throws<FormatException>(() => Run(Settings with { Columns = ["x"] })).Message);

    [Fact]
    public void Horizon_ThatIsNoWholeNumberOfSteps_IsRefused() => Assert.StartsWith(
        "--horizon is 01:30:00; it must be a whole number of steps of 01:00:00",
        Assert.Throws<FormatException>(() => Run(Settings with { Horizon = TimeSpan.FromMinutes(90) })).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Json_HasTheScoresOfEachModel()
    {
        var json = JsonDocument.Parse(BacktestJson.Of(Run(Settings))).RootElement;

        var model = json[0].GetProperty("models")[0];
        Assert.Equal("naive", model.GetProperty("model").GetString());
        Assert.True(model.GetProperty("score").GetProperty("mase").GetDouble() > 0);
        Assert.Equal(4, json[0].GetProperty("origins").GetArrayLength());
    }

    [Fact]
    public void Html_PicturesAreWellFormedAndDescribed()
    {
        var html = HtmlReport.Of(Run(Settings));

        Assert.DoesNotContain("a<b", html, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", html, StringComparison.Ordinal);
        Assert.DoesNotContain("http", html, StringComparison.Ordinal);
        var pictures = html.Split("<svg ").Skip(1)
            .Select(rest => XElement.Parse($"<svg {rest.Split("</svg>")[0]}</svg>"))
            .ToList();
        Assert.Equal(2 * 2 * 3, pictures.Count);
        Assert.All(pictures, svg =>
        {
            var ids = svg.Elements().Where(e => e.Name == "title" || e.Name == "desc").Select(e => (string)e.Attribute("id")!);
            Assert.Equal((string)svg.Attribute("aria-labelledby")!, string.Join(' ', ids));
            Assert.Equal(3, svg.Elements("polygon").Count());
        });
        Assert.Equal(pictures.Count, html.Split("<details>").Length - 1);
        Assert.Equal(pictures.Count, pictures.Select(svg => (string)svg.Attribute("aria-labelledby")!).Distinct().Count());
    }

    private static List<SeriesBacktest> Run(BacktestSettings settings)
    {
        var text = new StringBuilder("timestamp,a<b,gap\n");
        var start = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        for (var i = 0; i < 240; i++)
        {
            var value = 10 + (i % 24) + (i % 5);
            var gap = i is < 5 or >= 237 or 100 ? string.Empty : value.ToString(CultureInfo.InvariantCulture);
            text.Append(CultureInfo.InvariantCulture, $"{start.AddHours(i):O},{value},{gap}\n");
        }

        using var reader = new StringReader(text.ToString());
        return new BacktestRun(settings).Run(SeriesCsv.Parse(reader, null), null, CancellationToken.None);
    }
}
