using Maestro.Telemetry.Cli.Transfers;
using Maestro.Telemetry.IntegrationTests.Transfers;
using Maestro.Telemetry.Ports;

namespace Maestro.Telemetry.IntegrationTests.Imports;

public sealed class SqliteImportTests : ImportContract
{
    private protected override StoreSettings Store => Histories.Settings($"sqlite:{File("data")}");

    [Fact]
    public async Task DryRun_OnAStoreThatIsNotThere_MakesNone()
    {
        await RunAsync(Settings(Csv("demand.csv", "demand", 4.1, 4.2), "sgms") with { DryRun = true });

        Assert.False(Directory.Exists(File("data")));
    }

    [Fact]
    public async Task Import_WhileAServiceHasTheStore_IsRefused()
    {
        await using var service = Store.OpenStore();

        await Assert.ThrowsAsync<StoreUnavailableException>(
            () => RunAsync(Settings(Csv("demand.csv", "demand", 4.1, 4.2), "sgms")));
    }

    [Fact]
    public async Task Import_BesideADamagedBook_SaysWhatToDo()
    {
        Directory.CreateDirectory(File("data"));
        await System.IO.File.WriteAllTextAsync(Path.Combine(File("data"), "imports.json"), "[{");

        var error = await Assert.ThrowsAsync<FormatException>(
            () => RunAsync(Settings(Csv("a.csv", "a", 41, 42), "percent") with { Serials = [new("A")] }));

        Assert.Contains("imports.json is damaged", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_OfRowsWithGaps_KnowsNothingOfThem()
    {
        var file = File("demand.csv");
        await System.IO.File.WriteAllTextAsync(
            file, "time,demand\n2026-10-01T00:00Z,4.1\n2026-10-01T00:05Z,4.2\n2026-10-01T00:20Z,4.3\n");

        await RunAsync(Settings(file, "sgms"));

        Assert.Equal([10, 5], (await RowsAsync()).CountBy(r => r.Minute < new DateTimeOffset(2026, 10, 1, 0, 6, 0, default))
            .OrderByDescending(static c => c.Key).Select(static c => c.Value));
    }

    [Theory]
    [InlineData("4.1", "-1", "sgms", "line 3: demand is -1; it must be from 0 to")]
    [InlineData("4.1", "x", "sgms", "line 3: demand is 'x'; write a number")]
    [InlineData("40", "101", "percent", "line 3: demand is 101; it must be from 0 to 100")]
    [InlineData("4.1", "4", "bit/s", "--unit is 'bit/s', which is none of cpu; write one of percent, sgms")]
    [InlineData("4.1", "4", null, "--unit is missing, and cpu may be in percent, sgms")]
    public async Task Import_OfWhatCannotBe_SaysWhereAndWhatToDo(string first, string second, string? unit, string problem)
    {
        var file = File("demand.csv");
        await System.IO.File.WriteAllTextAsync(file, $"time,demand\n2026-10-01T00:00Z,{first}\n2026-10-01T00:05Z,{second}\n");
        var settings = Settings(file, unit) with { Members = unit == "percent" ? 4 : null };

        var error = await Assert.ThrowsAsync<FormatException>(() => RunAsync(settings));

        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_OfTimesToCome_IsRefused()
    {
        var file = File("demand.csv");
        var soon = TimeProvider.System.GetUtcNow().AddHours(2);
        await System.IO.File.WriteAllTextAsync(file, $"time,demand\n{soon:O},4.1\n{soon.AddMinutes(5):O},4.2\n");

        var error = await Assert.ThrowsAsync<FormatException>(() => RunAsync(Settings(file, "sgms")));

        Assert.Contains("give its times their zone", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_OfPercentWithoutMembers_AsksForThem()
    {
        var error = await Assert.ThrowsAsync<FormatException>(
            () => RunAsync(Settings(Csv("demand.csv", "demand", 41, 42), "percent")));

        Assert.StartsWith("--members is missing", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_OfTheNewestOfAnSgm_LeavesOutWhatSamplesMayStillComeFor()
    {
        var now = TimeProvider.System.GetUtcNow();
        var file = File("a.csv");
        await System.IO.File.WriteAllLinesAsync(
            file,
            ["time,a", .. Enumerable.Range(0, 48).Select(h => FormattableString.Invariant($"{now.AddHours(h - 47):O},{20 + h}"))]);

        await RunAsync(Settings(file, "percent") with { Serials = [new("A")] });

        await using var history = Store.OpenHistory();
        var (_, end) = (await history.GetSpanAsync(default))!.Value;
        Assert.InRange(end, now.AddHours(-25), now.AddHours(-24).AddMinutes(1));
    }
}
