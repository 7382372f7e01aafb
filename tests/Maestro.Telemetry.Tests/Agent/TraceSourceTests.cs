using Maestro.Telemetry.Agent;
using Maestro.Telemetry.Protocol.V1;

namespace Maestro.Telemetry.Tests.Agents;

public sealed class TraceSourceTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly DemandTrace Trace = DemandTrace.Parse(new StringReader(
        "timestamp,value\n2020-01-01T00:00:00Z,100\n2020-01-01T00:10:00Z,400\n"));

    [Fact]
    public async Task Read_ScalesThePeakToOneMemberOfTheGroup()
    {
        var source = new TraceSource(Trace, new() { PeakBusyPercent = 200, PeakBitsPerSecond = 8e9, Members = 4 });

        Assert.Equal([12.5, 12.5, 5e8, 5e8, (double)MemberState.Active], await ReadAsync(source, Now));
        Assert.Equal([50, 50, 2e9, 2e9, (double)MemberState.Active], await ReadAsync(source, Now.AddMinutes(10)));
    }

    [Fact]
    public async Task Read_WithoutLoop_EndsWithTheTrace()
    {
        var source = new TraceSource(Trace, new() { Loop = false });

        Assert.NotNull(await ReadAsync(source, Now));
        Assert.NotNull(await ReadAsync(source, Now.AddMinutes(10)));
        Assert.Null(await ReadAsync(source, Now.AddMinutes(10.01)));
    }

    [Fact]
    public async Task Read_OnTheTracesOwnTime_IsSilentBeforeItBegins()
    {
        var source = new TraceSource(Trace, new() { StartNow = false, PeakBusyPercent = 80 });

        Assert.Null(await ReadAsync(source, Trace.Start.AddSeconds(-1)));
        Assert.Equal(80, (await ReadAsync(source, Trace.End))![0]);
    }

    [Fact]
    public void Options_OutOfRange_AreNamed()
    {
        var error = Assert.Throws<ArgumentException>(
            () => new TraceSource(Trace, new() { Members = 0, PeakBusyPercent = 101, PeakBitsPerSecond = double.NaN }));

        Assert.Contains("Members is 0; give a value from 1 to 28.", error.Message, StringComparison.Ordinal);
        Assert.Contains("PeakBusyPercent is 101; give a value from 0.1", error.Message, StringComparison.Ordinal);
        Assert.Contains("PeakBitsPerSecond is NaN", error.Message, StringComparison.Ordinal);
    }

    private static async Task<IReadOnlyList<double>?> ReadAsync(TraceSource source, DateTimeOffset at)
    {
        var row = new double[source.Columns.Count];
        return await source.ReadAsync(at, row, CancellationToken.None) ? row : null;
    }
}
