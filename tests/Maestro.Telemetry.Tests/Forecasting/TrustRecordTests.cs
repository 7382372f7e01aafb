using System.Text.Json;
using Maestro.Telemetry.Forecasting;
using Maestro.Telemetry.Forecasting.Gate;
using Maestro.Telemetry.Forecasts;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Tests.Forecasting;

public sealed class TrustRecordTests
{
    private static readonly SkillGateOptions Gate = new() { MostWindows = 200 };

    [Fact]
    public void Add_OfMaximaThatAreMissedNow_TakesTrustAwayBeforeTheNextFit()
    {
        var record = Judged(600);
        Assert.True(record.Verdict.Trusted, record.Verdict.Reason);

        var missed = 0;
        while (record.Verdict.Trusted)
        {
            Miss(record);
            missed++;
        }

        Assert.Equal(8, missed);
        Assert.Contains(
            "demand has left it: of the last 8 maxima only 0 stayed within the quantile",
            record.Verdict.Reason,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Add_OfMaximaThatAreCoveredAgain_GivesTrustBack()
    {
        var record = Judged(190);
        for (var i = 0; i < 10; i++)
        {
            Miss(record);
        }

        Assert.False(record.Verdict.Trusted);
        for (var i = 0; i < 300; i++)
        {
            record.Add(100, i % 20 == 0 ? 99 : 101, 110, live: true);
        }

        Assert.True(record.Verdict.Trusted, record.Verdict.Reason);
        Assert.InRange(record.Verdict.Coverage, 0.94, 0.96);
    }

    [Fact]
    public void Add_OfAMissOfTwenty_IsNoReason()
    {
        var record = Judged(600);

        for (var i = 0; i < 300; i++)
        {
            record.Add(100, i % 20 == 0 ? 99 : 101, 110, live: true);
            Assert.True(record.Verdict.Trusted, record.Verdict.Reason);
        }
    }

    [Fact]
    public void Save_GivesTheSameVerdictThenAndLater()
    {
        var record = Judged(333);
        Miss(record);

        var restored = new TrustRecord(
            Gate, JsonSerializer.Deserialize<TrustRecordState>(JsonSerializer.Serialize(record.Save()))!);

        Assert.Equal(record.Verdict, restored.Verdict);
        Miss(record);
        Miss(restored);
        Assert.Equal(record.Verdict, restored.Verdict);
    }

    [Fact]
    public void Observe_OfDemandThatJumps_TakesTrustAwayBetweenFits()
    {
        var start = new DateTimeOffset(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);
        double[] values = [.. LoadCurve.DaysAndWeeks(15)];
        var series = new TimeSeries(start, TimeSpan.FromMinutes(5), values.AsMemory(0, 14 * LoadCurve.Day));
        var prepared = new ForecastPipeline(new ForecastOptions()).Prepare(series, default, default);
        Assert.True(prepared.Trust.Trusted, prepared.Trust.Reason);

        var trust = new List<ForecastTrust>();
        for (var i = 14 * LoadCurve.Day; i < values.Length; i++)
        {
            // Each window begins low and then rises beyond what any of it said.
            prepared.Observe(values[i] * (1 + (i % 6)));
            trust.Add(prepared.Trust);
        }

        Assert.Contains(trust, verdict => !verdict.Trusted);
        Assert.True(prepared.Health!.Alerts > 0);
    }

    private static TrustRecord Judged(int windows)
    {
        var record = new TrustRecord(Gate, new());
        for (var i = 0; i < windows; i++)
        {
            record.Add(100, i % 20 == 0 ? 99 : 101, 110, live: false);
        }

        return record.Conclude();
    }

    private static void Miss(TrustRecord record) => record.Add(100, 95, 80, live: true);
}
