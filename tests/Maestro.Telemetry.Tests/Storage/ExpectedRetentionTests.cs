using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Server.Doctor;
using Maestro.Telemetry.Storage.Influx;

namespace Maestro.Telemetry.Tests.Storage;

public sealed class ExpectedRetentionTests
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    [Theory]
    [InlineData(7, 400, 90, 400)]
    [InlineData(7, 90, 400, 400)]
    [InlineData(7, 400, 0, 0)]
    [InlineData(7, 0, 90, 0)]
    public void Of_KeepsTheLongerOfRollupsAndForecasts(int samples, int rollups, int forecasts, int longest) =>
        Assert.Equal(
            new ExpectedRetention(samples * Day, longest * Day),
            ExpectedRetention.Of(Options(new(samples * Day, rollups * Day, forecasts * Day))));

    [Fact]
    public void Of_OnePolicyForAll_KeepsTheLongestOfAll() =>
        Assert.Equal(
            new ExpectedRetention(null, 500 * Day),
            ExpectedRetention.Of(Options(new(500 * Day, 400 * Day, Day)) with { SamplesPolicy = "" }));

    [Theory]
    [InlineData(0, 7, true)]
    [InlineData(7, 7, true)]
    [InlineData(8, 7, true)]
    [InlineData(6, 7, false)]
    [InlineData(7, 0, false)]
    [InlineData(0, 0, true)]
    public void IsEnough_ZeroIsForEver(int keeps, int wanted, bool isEnough) =>
        Assert.Equal(isEnough, ExpectedRetention.IsEnough(keeps * Day, wanted * Day));

    [Theory]
    [InlineData("168h0m0s", 168 * 60 * 60)]
    [InlineData("1h30m5s", 5_405)]
    [InlineData("0s", 0)]
    [InlineData(null, 0)]
    public void ReadDuration_AsTheServerSaysIt(string? text, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), InfluxQl.ReadDuration(text));

    [Theory]
    [InlineData("2.7.11", "influx bucket update")]
    [InlineData("3.3.0", "influxdb3 update database")]
    public void Findings_OfAReleaseThatDoesNotTell_SayWhatIsExpectedAndHowToSetIt(string version, string command)
    {
        var finding = Assert.Single(RetentionFindings.Of(
            "influxdb", Options(new(7 * Day, 400 * Day, 90 * Day)), InfluxServer.Of(version), null));

        Assert.Contains("maestro/samples 7 days and maestro 400 days", finding.Message, StringComparison.Ordinal);
        Assert.Contains(command, finding.Message, StringComparison.Ordinal);
    }

    private static InfluxStoreOptions Options(RetentionPolicy retention) =>
        new() { Url = new("http://127.0.0.1:8086"), Retention = retention };
}
