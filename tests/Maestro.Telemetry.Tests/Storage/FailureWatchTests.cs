using Maestro.Telemetry.Storage.Influx;
using Maestro.Telemetry.Tests.Support;

namespace Maestro.Telemetry.Tests.Storage;

public sealed class FailureWatchTests
{
    private readonly ManualTimeProvider _time = new(new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));
    private readonly FailureWatch _watch;

    public FailureWatchTests() => _watch = new FailureWatch(TimeSpan.FromMinutes(15), _time);

    [Fact]
    public void Failed_ForLong_IsSearchedOnceAMinute()
    {
        var searches = Enumerable.Range(0, 240).Select(_ => FailedAfter(TimeSpan.FromSeconds(5))).ToList();

        // Fifteen minutes are 180 times 5 s; a write's other requests are searched within 30 s, then not for as long.
        Assert.Equal(180, searches.IndexOf(true));
        Assert.Equal(30, searches.Count(s => s));
    }

    [Fact]
    public void Failed_AfterAPause_BeginsAnew()
    {
        for (var i = 0; i < 100; i++)
        {
            Assert.False(FailedAfter(TimeSpan.FromMinutes(3)));
        }
    }

    [Fact]
    public void Found_ForAWhile_IsProven()
    {
        _watch.Found();

        Assert.True(_watch.IsProven);
        Assert.True(FailedAfter(TimeSpan.FromSeconds(30)));
        _time.Advance(TimeSpan.FromMinutes(2));
        Assert.False(_watch.IsProven);
    }

    private bool FailedAfter(TimeSpan pause)
    {
        _time.Advance(pause);
        return _watch.Failed();
    }
}
