using Maestro.Telemetry.Protocol.V1;
using Maestro.Telemetry.Series;
using RefusalReason = Maestro.Telemetry.Protocol.V1.RefusalReason;

namespace Maestro.Telemetry.Tests.Service;

public sealed class BatchAssemblerTests
{
    private readonly ReceiverUnderTest _receiver = new();

    [Fact]
    public void Assemble_AllWell_KeepsTheMatrixAsItCame()
    {
        var assembled = _receiver.Assemble(_receiver.Batch([10, 100], [20, 200]));

        Assert.Empty(assembled.Refusals);
        Assert.Equal([10, 100, 20, 200], assembled.Batch!.Values.ToArray());
        Assert.Equal(1, assembled.Batch.Group?.Value);
        Assert.Equal((2, 0), (_receiver.Counters.Accepted, _receiver.Counters.Refused));
    }

    [Theory]
    [InlineData(double.NaN, 1, RefusalReason.NotFinite)]
    [InlineData(double.PositiveInfinity, 1, RefusalReason.NotFinite)]
    [InlineData(-1, 1, RefusalReason.Negative)]
    [InlineData(10, -5, RefusalReason.Negative)]
    [InlineData(100.1, 1, RefusalReason.OutOfRange)]
    public void Assemble_OneBadValue_RefusesItsRowAndStoresTheRest(double cpu, double connections, RefusalReason reason)
    {
        var assembled = _receiver.Assemble(_receiver.Batch([10, 100], [cpu, connections], [30, 300]));

        var refusal = Assert.Single(assembled.Refusals);
        Assert.Equal((reason, 7ul), (refusal.Reason, refusal.Sequence));
        Assert.Equal([1u], refusal.Rows);
        Assert.Contains("row 1", refusal.Message, StringComparison.Ordinal);
        Assert.Equal([10, 100, 30, 300], assembled.Batch!.Values.ToArray());
        Assert.Equal((2, 1), (_receiver.Counters.Accepted, _receiver.Counters.Refused));
        Assert.Equal(1, _receiver.Counters.RefusedByReason[reason.ToString()]);
    }

    [Fact]
    public void Assemble_TimestampsOutsideTheWindow_AreRefusedByReason()
    {
        var batch = _receiver.Batch([10, 1], [20, 2], [30, 3]);
        batch.TimestampsUnixMs[0] -= (long)TimeSpan.FromDays(2).TotalMilliseconds;
        batch.TimestampsUnixMs[1] += (long)TimeSpan.FromHours(1).TotalMilliseconds;

        var assembled = _receiver.Assemble(batch);

        Assert.Equal([RefusalReason.TooOld, RefusalReason.TooNew], assembled.Refusals.Select(r => r.Reason));
        Assert.Equal([30, 3], assembled.Batch!.Values.ToArray());
    }

    [Fact]
    public void Assemble_ABatchOfAClockThatIsAhead_IsKnownByItAlsoWhenItsRowsAreRefused()
    {
        var batch = _receiver.Batch([10, 1]);
        batch.TimestampsUnixMs[0] += (long)TimeSpan.FromHours(1).TotalMilliseconds;
        batch.SentUnixMs = batch.TimestampsUnixMs[0] + 250;

        _receiver.Assemble(batch);

        var reading = _receiver.Clocks.Of(new("S1"))!.Value;
        Assert.True(reading.IsSendTime);
        Assert.InRange(reading.Ahead, TimeSpan.FromMinutes(59), TimeSpan.FromMinutes(61));
    }

    [Theory]
    [InlineData(long.MinValue, RefusalReason.TooOld)]
    [InlineData(long.MaxValue, RefusalReason.TooNew)]
    public void Assemble_ExtremeTimestamp_IsRefused(long timestamp, RefusalReason reason)
    {
        var batch = _receiver.Batch([10, 1]);
        batch.TimestampsUnixMs[0] = timestamp;

        var assembled = _receiver.Assemble(batch);

        Assert.Null(assembled.Batch);
        Assert.Equal(reason, Assert.Single(assembled.Refusals).Reason);
    }

    [Fact]
    public void Assemble_WrongShapeOrOversized_RefusesTheWholeBatch()
    {
        var shape = _receiver.Assemble(_receiver.Batch([10, 1], [20]));
        var oversized = _receiver.Assemble(_receiver.Batch([.. Enumerable.Repeat(new double[] { 1, 1 }, 6)]));

        AssertWhole(shape, RefusalReason.Shape, "values has 3 numbers; 2 timestamps times 2 columns need 4.");
        AssertWhole(oversized, RefusalReason.Oversized, "The batch has 6 rows; send at most 5 in one.");
        Assert.Equal((0, 8), (_receiver.Counters.Accepted, _receiver.Counters.Refused));
    }

    [Fact]
    public void Assemble_UnknownSerialOrWrongSite_RefusesTheWholeBatchAndCounts()
    {
        var stranger = _receiver.Assemble(_receiver.Batch([10, 1]), ReceiverUnderTest.Hello("S9"));
        var elsewhere = _receiver.Assemble(_receiver.Batch([10, 1]), ReceiverUnderTest.Hello(site: 2));

        AssertWhole(stranger, RefusalReason.UnknownSerial,
            "serial S9 is not an SGM of this fabric; check the serial number, or the Orchestrators.");
        AssertWhole(elsewhere, RefusalReason.WrongSite,
            "site is 2, but SGM S1 is cabled to site 1; correct the agent's site.");
        Assert.Equal(2, _receiver.Counters.Refused);
    }

    [Fact]
    public void Assemble_UnknownColumn_IsLeftOutAndItsValuesAreHeldToNothing()
    {
        var hello = ReceiverUnderTest.Hello(
            columns:
            [
                new Column { Metric = (Metric)99 },
                new Column { Metric = Metric.CpuMean },
                new Column { Metric = Metric.CpuCoreBusy, Core = 3, CoreType = (Protocol.V1.CoreType)300 },
            ]);

        var assembled = _receiver.Assemble(_receiver.Batch([double.NaN, 10, 50], [-1, 20, 150]), hello);

        Assert.Equal([1u], Assert.Single(assembled.Refusals).Rows);
        Assert.Equal([MetricId.CpuMeanPercent], assembled.Batch!.Metrics);
        Assert.Equal([10], assembled.Batch.Values.ToArray());
        Assert.Equal([new CoreId(3, Telemetry.Series.CoreType.Other)], assembled.Batch.Cores);
        Assert.Equal([50], assembled.Batch.CoreValues.ToArray());
    }

    [Fact]
    public void TakeBackAndWithdraw_WhatCannotBeQueued_KeepTheBalance()
    {
        _receiver.Assembler.TakeBack(_receiver.Assemble(_receiver.Batch([10, 1], [20, 2])));
        _receiver.Assembler.Withdraw(_receiver.Assemble(_receiver.Batch([10, 1])));

        Assert.Equal((0, 2, 0), (_receiver.Counters.Accepted, _receiver.Counters.Refused, _receiver.Counters.InFlight));
        Assert.Equal(2, _receiver.Counters.RefusedByReason["QueueFull"]);
    }

    private static void AssertWhole(Server.Receivers.AssembledBatch assembled, RefusalReason reason, string sentence)
    {
        Assert.Null(assembled.Batch);
        var refusal = Assert.Single(assembled.Refusals);
        Assert.Empty(refusal.Rows);
        Assert.Equal((reason, sentence), (refusal.Reason, refusal.Message));
    }
}
