using Maestro.Telemetry.Protocol.V1;
using Maestro.Telemetry.Server.Receivers;

namespace Maestro.Telemetry.Tests.Service;

public sealed class AcknowledgementOutboxTests
{
    private readonly AcknowledgementOutbox _outbox = new();

    [Fact]
    public async Task Take_AfterMany_IsOneWithAllRefusalsInOrder()
    {
        _outbox.Acknowledge(1, [new Refusal { Sequence = 1 }]);
        _outbox.Acknowledge(2, []);
        _outbox.Acknowledge(3, [new Refusal { Sequence = 3 }]);

        var acknowledgement = await TakeAsync();

        Assert.Equal(3ul, acknowledgement!.UpToSequence);
        Assert.Equal([1ul, 3ul], acknowledgement.Refusals.Select(r => r.Sequence));
        _outbox.Acknowledge(4, []);
        Assert.Empty((await TakeAsync())!.Refusals);
    }

    [Fact]
    public async Task Take_WhileOthersAcknowledge_SeesTheNumbersGrowToTheLast()
    {
        var writing = Task.Run(() =>
        {
            for (var i = 1ul; i <= 10_000; i++)
            {
                _outbox.Acknowledge(i, []);
            }

            _outbox.Complete();
        });
        var last = 0ul;
        while (await TakeAsync() is { } acknowledgement)
        {
            Assert.True(acknowledgement.UpToSequence > last);
            last = acknowledgement.UpToSequence;
        }

        await writing.WaitAsync(Given.Patience);
        Assert.Equal(10_000ul, last);
    }

    [Fact]
    public async Task Take_Completed_GivesWhatIsLeftAndThenNothing()
    {
        _outbox.Acknowledge(1, []);
        _outbox.Complete();

        Assert.Equal(1ul, (await TakeAsync())!.UpToSequence);
        Assert.Null(await TakeAsync());
    }

    private Task<Acknowledgement?> TakeAsync() => _outbox.TakeAsync(default).AsTask().WaitAsync(Given.Patience);
}
