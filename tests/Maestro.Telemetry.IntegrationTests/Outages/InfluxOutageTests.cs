using Xunit.Abstractions;

namespace Maestro.Telemetry.IntegrationTests.Outages;

/// <summary>
/// InfluxDB is killed under a steady load and comes back: nothing is lost, live rows are first. Longer and under more
/// load: tests/tools/outage.sh.
/// </summary>
public sealed class InfluxOutageTests(ITestOutputHelper output)
{
    private static readonly int Seconds = LongRun.Setting("MAESTRO_OUTAGE_SECONDS", 8);
    private static readonly int Rate = LongRun.Setting("MAESTRO_OUTAGE_RATE", 500);

    [Fact]
    public async Task Influx_AwayUnderLoad_LosesNothingAndHasLiveRowsFirst()
    {
        var outage = TimeSpan.FromSeconds(Seconds);
        await using var run = new OutageRun(Rate, outage, Tell);

        var report = await run.RunAsync();

        Tell(report.ToString());
        Assert.Equal((0, 0), (report.Lost, report.Twice));
        Assert.Equal(report.Acknowledged, report.RolledUp);
        Assert.InRange(report.MostSpooled, 1, report.Acknowledged);
        Assert.True(report.LiveAfter <= report.CaughtUpAfter, "Live rows came after those of the spool.");
    }

    private void Tell(string line) => LongRun.Tell(output, "MAESTRO_OUTAGE_LOG", line);
}
