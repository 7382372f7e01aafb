using System.Globalization;
using System.Text.Json;
using Maestro.Telemetry.Cli.Replays.Import;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.IntegrationTests.Service;
using Maestro.Telemetry.IntegrationTests.Storage;
using Maestro.Telemetry.Protocol.V1;
using Maestro.Telemetry.Server.Fabrics;
using Maestro.Telemetry.Server.Forecasting;

namespace Maestro.Telemetry.IntegrationTests.Imports;

[Collection(ServerUnderTest.OneAtATime)]
public sealed class ImportedForecastTests
{
    private const int Days = 24;
    private static readonly TimeSpan Patience = ServerUnderTest.Patience * 2;

    [Fact]
    public async Task ThreeWeeksFromAFile_AreForecastFromAtTheFirstCycle()
    {
        using var directory = new TemporaryDirectory();
        await WriteAsync(directory.File("demand.csv"));
        var (code, output, errors) = await MaestroProcess.RunAsync(
            directory.Path,
            Patience,
            "import", "demand.csv", "--group", "1", "--unit", "percent", "--members", "2", "--data", directory.File("data"), "--json");
        Assert.True(code == 0, errors);
        var minutes = JsonDocument.Parse(output).RootElement.GetProperty("series")[0].GetProperty("minutes");
        Assert.True(minutes.GetProperty("new").GetInt64() > (Days - 1) * 1_440);

        await using var server = await ServerUnderTest.StartAsync(("Maestro:Storage:Directory", directory.File("data")));
        await server.Get<ForecastService>().RunAsync(default).WaitAsync(Patience);
        var forecast = await server.Control.GetForecastAsync(new GetForecastRequest { Group = 1, Resource = "cpu_work" })
            .ResponseAsync.WaitAsync(Patience);
        var runway = await server.Control.GetRunwayAsync(new GetRunwayRequest { Group = 1 }).ResponseAsync.WaitAsync(Patience);

        Assert.True(forecast.Trusted, forecast.TrustReason);
        Assert.DoesNotContain(server.Get<FabricState>().Current.Gateways, g => g.Serial == GatewaySerial.WholeGroup);
        Assert.True(TimeProvider.System.GetUtcNow() - runway.HistoryFrom.ToDateTimeOffset() > TimeSpan.FromDays(Days - 2));
        var trace = Assert.Single(new StoreImporter().Read([directory.File("data")], new ImportOptions()));
        Assert.Equal("group-1", trace.Name);
        Assert.InRange(trace.Series.Values.ToArray().Where(double.IsFinite).Max(), 1.3, 1.6);
    }

    /// <summary>The mean CPU of both members up to now: days alike, with some noise.</summary>
    private static Task WriteAsync(string file)
    {
        var now = TimeProvider.System.GetUtcNow();
        var end = new DateTimeOffset(now.UtcTicks / TimeSpan.TicksPerHour * TimeSpan.TicksPerHour, TimeSpan.Zero);
        var random = new Random(1);
        return File.WriteAllLinesAsync(file, Enumerable.Range(0, Days * 288).Select(i =>
        {
            var time = end - TimeSpan.FromMinutes(5 * ((Days * 288) - 1 - i));
            var value = 50 + (20 * Math.Sin(2 * Math.PI * time.TimeOfDay.TotalDays)) + (3 * random.NextDouble());
            return string.Create(CultureInfo.InvariantCulture, $"{time:yyyy-MM-ddTHH:mm:ss}Z,{value:F3}");
        }).Prepend("time,cpu"));
    }
}
