using FsCheck;
using FsCheck.Fluent;
using Maestro.Telemetry.Storage.Influx;

namespace Maestro.Telemetry.Tests.Storage;

public sealed class PointSearchTests
{
    private static readonly InfluxAnswer Taken = new(InfluxAction.Done, "");
    private static readonly InfluxAnswer Failure = new(InfluxAction.Retry, "engine: it broke");

    [Fact]
    public void Find_SomeLinesOfMany_FindsThoseAndTakesTheOthers()
    {
        var cases = from count in Gen.Choose(2, 3_000)
                    from bad in Gen.Choose(0, count - 1).ListOf(3)
                    select (count, bad: bad.ToHashSet());
        Prop.ForAll(Arb.From(cases.Where(c => c.bad.Count is > 0 && c.bad.Count < c.count)), async c =>
        {
            var taken = new HashSet<int>();
            var search = new PointSearch(
                (first, length) =>
                {
                    var lines = Enumerable.Range(first, length).ToList();
                    if (lines.Any(c.bad.Contains))
                    {
                        return Task.FromResult(Failure);
                    }

                    taken.UnionWith(lines);
                    return Task.FromResult(Taken);
                },
                isProven: false);

            var found = await search.FindAsync(0, c.count, "whole");

            Assert.Equal(c.bad.Order(), found!.Select(f => f.Line));
            Assert.Equal(c.count - c.bad.Count, taken.Count);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public async Task Find_AServerThatFailsOnAll_GivesUpSoon()
    {
        var requests = 0;
        var search = new PointSearch(
            (_, _) =>
            {
                requests++;
                return Task.FromResult(Failure);
            },
            isProven: false);

        Assert.Null(await search.FindAsync(0, 5_000, "whole"));
        Assert.InRange(requests, 10, PointSearch.MostFailures + 1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Find_ALineAlone_IsItsFaultOnlyWhereOthersWereTaken(bool isProven)
    {
        var search = new PointSearch((_, _) => Task.FromResult(Failure), isProven);

        var found = await search.FindAsync(7, 1, "whole");

        Assert.Equal(isProven ? [7] : null, found?.Select(f => f.Line));
    }

    [Fact]
    public async Task Find_AServerThatRecoversMeanwhile_FindsNothing()
    {
        var failures = 4;
        var search = new PointSearch(
            (_, _) => Task.FromResult(failures-- > 0 ? Failure : Taken), isProven: false);

        Assert.Empty((await search.FindAsync(0, 16, "whole"))!);
    }

    [Fact]
    public async Task Find_TooManyLines_IsTheServer()
    {
        var search = new PointSearch(
            (first, length) => Task.FromResult(length == 1 && first % 2 == 0 ? Taken : Failure), isProven: false);

        Assert.Null(await search.FindAsync(0, 1_000, "whole"));
    }
}
