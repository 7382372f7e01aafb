using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Series;
using Maestro.Telemetry.Storage.Spool;
using Maestro.Telemetry.Storage.Sqlite;

namespace Maestro.Telemetry.IntegrationTests.Storage;

public sealed class SqliteSampleSpoolTests : IDisposable
{
    private const long Roomy = 1L << 30;
    private static readonly DateTimeOffset Noon = Batches.Noon;
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Peek_AfterAppends_GivesTheOldestFirstAndWhole()
    {
        await using var spool = Open();
        var full = Batches.Full("S1", 1, Noon, TimeSpan.FromSeconds(1), 3);
        await AppendAsync(spool, full, Batches.Of("S2", null, (5, 50)));
        await AppendAsync(spool, Batches.Of("S3", 2, (6, 60)));

        var oldest = await PeekAsync(spool, maxRows: 1);
        await spool.RemoveAsync(oldest, default);
        var next = await PeekAsync(spool, maxRows: 1);

        Assert.Equal(["S1", "S2"], oldest.Batches.Select(b => b.Serial.Value));
        AssertSame(full, oldest.Batches[0]);
        Assert.Null(oldest.Batches[1].Group);
        Assert.Equal("S3", Assert.Single(next.Batches).Serial.Value);
        Assert.Equal((1L, Noon), (spool.Statistics.Rows, spool.Statistics.Oldest));
    }

    [Fact]
    public async Task Peek_WithRoomForMore_GivesManyAppendsAtOnce()
    {
        await using var spool = Open();
        for (var i = 0; i < 5; i++)
        {
            await AppendAsync(spool, Batches.Of("S1", 1, (i, i)));
        }

        Assert.Equal(3, (await PeekAsync(spool, maxRows: 3)).Rows);
    }

    [Fact]
    public async Task Reopen_AfterAKill_HasWhatWasAppendedAndNotWhatWasRemoved()
    {
        // Not disposed before the other opens: as after a kill, nothing was closed.
        await using var killed = Open();
        await AppendAsync(killed, Batches.Of("S1", 1, (1, 10)));
        await AppendAsync(killed, Batches.Of("S2", 1, (2, 20)));
        await killed.RemoveAsync(await PeekAsync(killed, maxRows: 1), default);

        await using var reopened = Open();

        Assert.Equal(1, reopened.Statistics.Rows);
        Assert.Equal("S2", Assert.Single((await PeekAsync(reopened, 10)).Batches).Serial.Value);
    }

    [Fact]
    public async Task Append_BeyondTheBound_IsRefusedAndFitsAgainAfterARemoval()
    {
        var batch = Batches.Full("S1", 1, Noon, TimeSpan.FromSeconds(1), 100);
        await using var spool = Open(maxBytes: 25_000);
        await AppendAsync(spool, batch);
        await AppendAsync(spool, batch);

        var full = await Assert.ThrowsAsync<SpoolFullException>(() => AppendAsync(spool, batch));
        await spool.RemoveAsync(await PeekAsync(spool, 1), default);
        await AppendAsync(spool, batch);

        Assert.Contains("of 25000 bytes", full.Message, StringComparison.Ordinal);
        Assert.Equal(200, spool.Statistics.Rows);
    }

    [Fact]
    public async Task Expire_RemovesWhatWasAppendedBeforeATimeAndTellsHowMuch()
    {
        await using var spool = Open();
        await spool.AppendAsync([Batches.Of("S1", 1, (1, 1), (2, 2))], Noon, default);
        await spool.AppendAsync([Batches.Of("S2", 1, (3, 3))], Noon.AddHours(1), default);

        var expired = await spool.ExpireAsync(Noon.AddMinutes(30), default);
        var again = await spool.ExpireAsync(Noon.AddMinutes(30), default);

        Assert.Equal((2L, 0L, 1L), (expired, again, spool.Statistics.Rows));
        Assert.Equal(3, await spool.ExpireAsync(Noon.AddHours(2), default) + expired);
    }

    [Fact]
    public async Task Open_WithADamagedPage_KeepsTheFileAsideAndReadsBackTheRest()
    {
        const int Appends = 60;
        await using (var spool = Open())
        {
            for (var i = 0; i < Appends; i++)
            {
                await AppendAsync(spool, Batches.Full("S1", 1, Noon.AddHours(i), TimeSpan.FromSeconds(1), 200));
            }
        }

        // In the middle of the payloads: the ends can be read, and some of what is between cannot.
        Damage(offset: new FileInfo(SpoolPath).Length / 2, length: 64 * 1024);

        await using var opened = Open();
        var read = 0L;
        while (await opened.PeekAsync(1, default) is { } peeked)
        {
            read += peeked.Rows;
            await opened.RemoveAsync(peeked, default);
        }

        Assert.InRange(read, Appends / 2 * 200, (Appends - 1) * 200);
        Assert.Equal(0, read % 200);
        Assert.NotNull(opened.Statistics.Damage);
    }

    [Fact]
    public async Task Open_OfAFileThatIsNoDatabase_StartsAnewAndKeepsIt()
    {
        await File.WriteAllTextAsync(SpoolPath, new string('x', 8192));

        await using var spool = Open();
        await AppendAsync(spool, Batches.Of("S1", 1, (1, 1)));

        Assert.Contains("is kept as", spool.Statistics.Damage, StringComparison.Ordinal);
        Assert.True(File.Exists(SpoolPath + ".damaged-1"));
        Assert.Equal(1, spool.Statistics.Rows);
    }

    [Fact]
    public async Task Peek_OfAnAppendThatIsNotWhatWasWritten_PutsItAsideAndGoesOn()
    {
        await using (var spool = Open())
        {
            await AppendAsync(spool, Batches.Of("S1", 1, (1, 1), (2, 2)));
            await AppendAsync(spool, Batches.Of("S2", 1, (3, 3)));
        }

        using (var database = Database.OpenWriter(SpoolPath, Options))
        {
            database.Execute("UPDATE append SET payload = x'00' || substr(payload, 2) WHERE id = 1");
        }

        await using var opened = Open();
        var peeked = await PeekAsync(opened, 100);

        Assert.Equal("S2", Assert.Single(peeked.Batches).Serial.Value);
        Assert.Equal((2L, 1L), (opened.Statistics.DamagedRows, opened.Statistics.Rows));
    }

    [Fact]
    public async Task Remove_OfTheLastOfMuch_GivesTheRoomBack()
    {
        await using var spool = Open();
        var batch = Batches.Full("S1", 1, Noon, TimeSpan.FromSeconds(1), 20_000);
        for (var i = 0; i < 40; i++)
        {
            await AppendAsync(spool, batch);
        }

        while (await spool.PeekAsync(200_000, default) is { } peeked)
        {
            await spool.RemoveAsync(peeked, default);
        }

        Assert.Equal((0L, 0L, null), (spool.Statistics.Rows, spool.Statistics.Bytes, spool.Statistics.Oldest));
        Assert.InRange(new FileInfo(SpoolPath).Length, 0, 4L << 20);
    }

    private static void AssertSame(SampleBatch expected, SampleBatch actual)
    {
        Assert.Equal(expected.Group, actual.Group);
        Assert.Equal(expected.Metrics, actual.Metrics);
        Assert.Equal(expected.Cores, actual.Cores);
        Assert.Equal(expected.TimestampsMs.ToArray(), actual.TimestampsMs.ToArray());
        Assert.Equal(expected.Values.ToArray(), actual.Values.ToArray());
        Assert.Equal(expected.CoreValues.ToArray(), actual.CoreValues.ToArray());
    }

    private static Task AppendAsync(SqliteSampleSpool spool, params SampleBatch[] batches) =>
        spool.AppendAsync(batches, Noon, default).AsTask();

    private static async Task<SpooledBatches> PeekAsync(SqliteSampleSpool spool, int maxRows) =>
        await spool.PeekAsync(maxRows, default) ?? throw new InvalidOperationException("The spool is empty.");

    private string SpoolPath => _directory.File(SqliteSampleSpool.FileName);

    private SqliteStoreOptions Options => new() { Directory = _directory.Path };

    private SqliteSampleSpool Open(long maxBytes = Roomy) => SqliteSampleSpool.Open(Options, maxBytes);

    private void Damage(long offset, int length)
    {
        using var file = File.OpenWrite(SpoolPath);
        file.Position = offset;
        var noise = new byte[length];
        new Random(7).NextBytes(noise);
        file.Write(noise);
    }
}
