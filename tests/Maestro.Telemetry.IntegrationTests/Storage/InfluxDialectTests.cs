using Maestro.Telemetry.IntegrationTests.Simulation;
using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Series;
using Maestro.Telemetry.Storage.Influx;
using static Maestro.Telemetry.IntegrationTests.Storage.Batches;

namespace Maestro.Telemetry.IntegrationTests.Storage;

/// <summary>What is sent to the generations that cannot be run here, and what is made of their answers.</summary>
public sealed class InfluxDialectTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private ScriptedInflux _server = null!;

    public async Task InitializeAsync() => _server = await ScriptedInflux.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("1.8.10", InfluxGeneration.One, true)]
    [InlineData("v2.7.11", InfluxGeneration.Two, false)]
    [InlineData("3.3.0", InfluxGeneration.Three, false)]
    public async Task Start_MakesTheDatabaseOnlyWhereInfluxQlCan(string version, InfluxGeneration generation, bool makes)
    {
        _server.Version = version;
        await using var store = Open();

        var server = await store.GetServerAsync(default);

        Assert.Equal(generation, server.Generation);
        Assert.Equal(makes, _server.Statements.Any(s => s.StartsWith("CREATE", StringComparison.Ordinal)));
        Assert.StartsWith("GET /ping", _server.Requests[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_GoesWhereAllGenerationsTakeIt()
    {
        await using var store = Open(options => options with { User = "maestro", SecretFile = Secret("pass") });

        await store.WriteAsync([Of("A 1", 3, (0, 41.5))], default);

        var line = Assert.Single(_server.Lines);
        Assert.Equal(
            "sgm,fabric=test,security_group=3,serial=A\\ 1,site=2 group_number=3i,cpu_mean_percent=41.5 "
            + Noon.ToUnixTimeMilliseconds(),
            line);
        Assert.Contains(
            $"POST /write?db=maestro&precision=ms&rp=samples [Basic {Convert.ToBase64String("maestro:pass"u8)}]",
            _server.Requests);
    }

    [Fact]
    public async Task Write_ADatabaseThatTheFirstWriteMakes_IsWritten()
    {
        _server.Version = "3.3.0";
        _server.OnQuery = _ => (404, """{"error":"database not found: maestro/samples"}""");
        await using var store = Open();

        Assert.Equal(new StoreResult(1, 0, 0), await store.WriteAsync([Of("A", 1, (0, 1))], default));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Write_CompressedOrNot_IsTheSame(bool compress)
    {
        await using var store = Open(options => options with { Compress = compress });

        await store.WriteAsync([Full("A", 1, Noon, TimeSpan.FromSeconds(1), 50)], default);

        Assert.Equal(50, _server.Lines.Count);
        Assert.Equal(compress, _server.Requests.Contains("gzip"));
    }

    [Fact]
    public async Task Write_WithoutAUser_SendsTheSecretAsToken()
    {
        await using var store = Open(options => options with { SecretFile = Secret("t0ken\n"), SamplesPolicy = "" });

        await store.WriteAsync([Of("A", null, (0, 1))], default);

        Assert.Contains("POST /write?db=maestro&precision=ms [Token t0ken]", _server.Requests);
    }

    [Fact]
    public async Task Start_ABucketThatIsMissing_IsNamedWithItsCommand()
    {
        _server.Version = "2.7.11";
        _server.OnQuery = _ => (404, """{"code":"not found","message":"no dbrp mapping found"}""");
        await using var store = Open(options => options with { Retention = new(TimeSpan.FromDays(7), TimeSpan.Zero, TimeSpan.Zero) });

        var problem = await Assert.ThrowsAsync<StoreUnavailableException>(async () => await store.GetServerAsync(default));

        Assert.Contains("influx bucket create --name maestro/samples --retention 168h", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(400, """{"error":"partial write: field type conflict dropped=1"}""")]
    [InlineData(422, """{"code":"unprocessable entity","message":"failure writing points: partial write: dropped=1"}""")]
    [InlineData(400, """{"error":"line protocol parsing error","data":{"line_number":1,"error_message":"bad"}}""")]
    public async Task Write_OnePointOfManyIsRefused_TheOthersAreStoredAndItIsNamed(int status, string body)
    {
        // Nothing of a request with a bad line is kept: what 3.x does, and the hardest case.
        _server.OnWrite = lines => lines.Any(l => l.Contains("serial=BAD,", StringComparison.Ordinal)) ? (status, body) : null;
        await using var store = Open();
        SampleBatch[] batches = [.. Enumerable.Range(0, 99).Select(i => Of($"S{i}", 1, (i, i))), Of("BAD", 1, (0, 7))];

        var problem = await Assert.ThrowsAsync<PointRefusedException>(
            async () => await store.WriteAsync(batches, default));

        Assert.Contains("1 of 100 points", problem.Message, StringComparison.Ordinal);
        Assert.Contains("serial=BAD", problem.Message, StringComparison.Ordinal);
        Assert.Equal(99, _server.Lines.Distinct().Count(l => l.StartsWith("sgm,", StringComparison.Ordinal)));
        Assert.InRange(_server.Requests.Count(r => r.StartsWith("POST /write", StringComparison.Ordinal)), 7, 40);
    }

    [Fact]
    public async Task Write_TooManyBytes_GoesInSmallerPartsFromThenOn()
    {
        _server.OnWrite = lines => lines.Count > 30 ? (413, "too large") : null;
        await using var store = Open();
        SampleBatch[] Batches(int second) => [.. Enumerable.Range(0, 100).Select(i => Of($"S{i}", 1, (second, i)))];

        await store.WriteAsync(Batches(0), default);
        var before = _server.Requests.Count;
        var result = await store.WriteAsync(Batches(1), default);

        Assert.Equal(new StoreResult(100, 0, 0), result);
        Assert.Equal(200, _server.Lines.Distinct().Count());
        Assert.InRange(_server.Requests.Count - before, 4, 5);
    }

    [Fact]
    public async Task Write_Unauthorized_IsHeldAndTheSecretReadAgain()
    {
        var secret = Secret("old");
        _server.OnWrite = _ => _server.Requests[^1].Contains("[Token old]", StringComparison.Ordinal) ? (401, "unauthorized") : null;
        await using var store = Open(options => options with { SecretFile = secret, HoldAfterRefusal = TimeSpan.Zero });

        var problem = await Assert.ThrowsAsync<StoreUnavailableException>(
            async () => await store.WriteAsync([Of("A", 1, (0, 1))], default));
        await File.WriteAllTextAsync(secret, "new");
        var result = await store.WriteAsync([Of("A", 1, (0, 1))], default);

        Assert.Contains("unauthorized", problem.Message, StringComparison.Ordinal);
        Assert.Equal(new StoreResult(1, 0, 0), result);
    }

    [Theory]
    [InlineData(500, """{"error":"engine: cache-max-memory-size exceeded"}""")]
    [InlineData(500, """{"error":"write: no space left on device"}""")]
    [InlineData(503, "")]
    [InlineData(429, "")]
    [InlineData(502, "<html>")]
    public async Task Write_TheServerFails_NothingIsLostAndItIsCountedOnce(int status, string body)
    {
        var failures = 2;
        _server.OnWrite = _ => failures-- > 0 ? (status, body) : null;
        await using var store = Open();
        var batch = Of("A", 1, (0, 1), (70, 2));

        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await store.WriteAsync([batch], default));
        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await store.WriteAsync([batch], default));
        var result = await store.WriteAsync([batch], default);

        Assert.Equal(new StoreResult(2, 0, 0), result);
    }

    [Theory]
    [InlineData("20", 20)]
    [InlineData("86400", 60)]
    [InlineData("Sun, 22 Nov 2026 12:00:30 GMT", 30)]
    public async Task Write_TheServerAsksToBeLeftAlone_IsSo(string retryAfter, int seconds)
    {
        _server.OnWrite = _ => (503, "");
        _server.RetryAfter = retryAfter;
        var time = new SteppedTime(Noon);
        await using var store = Open(time: time);
        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await store.WriteAsync([Of("A", 1, (0, 1))], default));
        _server.OnWrite = _ => null;
        var before = _server.Requests.Count;

        time.Advance(TimeSpan.FromSeconds(seconds - 1));
        var problem = await Assert.ThrowsAsync<StoreUnavailableException>(
            async () => await store.WriteAsync([Of("A", 1, (0, 1))], default));
        var written = _server.Requests.Skip(before).Count(r => r.StartsWith("POST /write", StringComparison.Ordinal));
        time.Advance(TimeSpan.FromSeconds(1));
        var result = await store.WriteAsync([Of("A", 1, (0, 1))], default);

        Assert.Contains($"left alone for {seconds} s", problem.Message, StringComparison.Ordinal);
        Assert.Equal(0, written);
        Assert.Equal(new StoreResult(1, 0, 0), result);
    }

    [Fact]
    public async Task Write_TheServerFailsOnOneRowForLong_TheOthersAreStoredAndItIsNamed()
    {
        _server.OnWrite = lines => lines.Any(l => l.Contains("serial=BAD,", StringComparison.Ordinal)) ? (500, "panic") : null;
        var time = new SteppedTime(Noon);
        await using var store = Open(time: time);
        SampleBatch[] batches = [.. Enumerable.Range(0, 99).Select(i => Of($"S{i}", 1, (i, i))), Of("BAD", 1, (0, 7), (1, 8))];
        for (var waited = TimeSpan.Zero; waited < new InfluxStoreOptions { Url = _server.Url }.IsolateAfter; waited += TimeSpan.FromMinutes(1))
        {
            await Assert.ThrowsAsync<StoreUnavailableException>(async () => await store.WriteAsync(batches, default));
            time.Advance(TimeSpan.FromMinutes(1));
        }

        var all = await Assert.ThrowsAsync<PointRefusedException>(async () => await store.WriteAsync(batches, default));
        var alone = await Assert.ThrowsAsync<PointRefusedException>(
            async () => await store.WriteAsync([batches[^1]], default));

        Assert.Equal((2, 2), (all.Rows, alone.Rows));
        Assert.Contains("serial=BAD", all.Message, StringComparison.Ordinal);
        Assert.Equal(99, _server.Lines.Distinct().Count(l => l.StartsWith("sgm,", StringComparison.Ordinal)));
    }

    private InfluxTelemetryStore Open(Func<InfluxStoreOptions, InfluxStoreOptions>? change = null, TimeProvider? time = null)
    {
        var options = new InfluxStoreOptions { Url = _server.Url, Fabric = "test", SiteOf = _ => "2" };
        return InfluxTelemetryStore.Open(change is null ? options : change(options), time ?? TimeProvider.System);
    }

    private string Secret(string text)
    {
        var file = _directory.File("secret");
        File.WriteAllText(file, text);
        return file;
    }
}
