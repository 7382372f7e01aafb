using System.Diagnostics.Metrics;
using Maestro.Telemetry.Server.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Maestro.Telemetry.Tests.Service;

public sealed class PrometheusExporterTests : IDisposable
{
    private readonly Meter _meter = new($"test-{Guid.NewGuid()}");
    private readonly PrometheusExporter _exporter = new();
    private readonly MeterProvider _provider;

    public PrometheusExporterTests() => _provider = Sdk.CreateMeterProviderBuilder()
        .AddMeter(_meter.Name)
        .AddView("join", new ExplicitBucketHistogramConfiguration { Boundaries = [0.5, 1, 10] })
        .AddReader(new BaseExportingMetricReader(_exporter))
        .Build();

    [Fact]
    public void Scrape_Counter_HasHelpTypeSuffixAndEscapedLabels()
    {
        var rows = _meter.CreateCounter<long>("maestro.rows", "{row}", "Rows\nby \\ outcome.");
        rows.Add(3, new KeyValuePair<string, object?>("the.reason", "say \"no\"\nand \\"));
        rows.Add(4);

        var lines = _exporter.Scrape().Split('\n');

        Assert.Equal(
            [
                "# HELP maestro_rows_total Rows\\nby \\\\ outcome.",
                "# TYPE maestro_rows_total counter",
                "maestro_rows_total 4",
                "maestro_rows_total{the_reason=\"say \\\"no\\\"\\nand \\\\\"} 3",
                "",
            ],
            lines);
    }

    [Fact]
    public void Scrape_Histogram_HasCumulativeBucketsSumAndCount()
    {
        var join = _meter.CreateHistogram<double>("join", "s", "Time to join.");
        foreach (var seconds in new[] { 0.25, 0.5, 0.75, 5, 60 })
        {
            join.Record(seconds, new KeyValuePair<string, object?>("kind", "add"));
        }

        var text = _exporter.Scrape();

        Assert.Equal(
            """
            # HELP join_seconds Time to join.
            # TYPE join_seconds histogram
            join_seconds_bucket{kind="add",le="0.5"} 2
            join_seconds_bucket{kind="add",le="1"} 3
            join_seconds_bucket{kind="add",le="10"} 4
            join_seconds_bucket{kind="add",le="+Inf"} 5
            join_seconds_sum{kind="add"} 66.5
            join_seconds_count{kind="add"} 5

            """,
            text);
    }

    [Fact]
    public void Scrape_GaugesAndUpDownCounters_AreGauges()
    {
        _meter.CreateObservableUpDownCounter("open", () => 2L, "{stream}", "Open.");
        _meter.CreateObservableGauge("share", () => 0.25, "1", "Share.");

        var text = _exporter.Scrape();

        Assert.Contains("# TYPE open gauge\nopen 2\n", text, StringComparison.Ordinal);
        Assert.Contains("# TYPE share_ratio gauge\nshare_ratio 0.25\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scrape_ByManyAtOnce_IsWholeEachTime()
    {
        _meter.CreateCounter<long>("n").Add(1);

        var texts = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(_exporter.Scrape)))
            .WaitAsync(Given.Patience);

        Assert.All(texts, text => Assert.EndsWith("\nn_total 1\n", text, StringComparison.Ordinal));
    }

    public void Dispose()
    {
        _provider.Dispose();
        _meter.Dispose();
    }
}
