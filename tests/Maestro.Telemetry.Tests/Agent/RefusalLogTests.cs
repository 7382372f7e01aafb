using Maestro.Telemetry.Agent;
using Maestro.Telemetry.Protocol.V1;
using Maestro.Telemetry.Tests.Support;

namespace Maestro.Telemetry.Tests.Agents;

public sealed class RefusalLogTests
{
    [Fact]
    public void Add_TellsEachReasonOncePerMinute_AndHowManyThereWere()
    {
        var time = new ManualTimeProvider();
        var logger = new ListLogger();
        var log = new RefusalLog(SenderHarness.Identity, time, logger);
        var tooOld = new Refusal { Sequence = 4, Rows = { 1 }, Reason = RefusalReason.TooOld, Message = "a is b." };

        log.Add(tooOld);
        log.Add(tooOld);
        log.Add(new() { Sequence = 4, Reason = RefusalReason.Negative });
        time.Advance(TimeSpan.FromSeconds(59));
        log.Add(tooOld);
        Assert.Equal(2, logger.Lines.Count);

        time.Advance(TimeSpan.FromSeconds(1));
        log.Add(tooOld);

        Assert.Equal(3, logger.Lines.Count);
        Assert.Contains("1 rows of batch 4 of SN-1: TooOld: a is b.", logger.Lines[0], StringComparison.Ordinal);
        Assert.Contains("all rows of batch 4", logger.Lines[1], StringComparison.Ordinal);
        Assert.Contains("line: 3)", logger.Lines[2], StringComparison.Ordinal);
    }
}
