using Maestro.Telemetry.IntegrationTests.Storage;
using Maestro.Telemetry.Series;
using Maestro.Telemetry.Server.Receivers.Assembly;
using Maestro.Telemetry.Server.Receivers.Skyline;

namespace Maestro.Telemetry.IntegrationTests.Receivers;

public sealed class PartsJournalTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Open_WhatWasAppendedAndNotSettled_IsGivenAgainAndAgain()
    {
        using (var journal = PartsJournal.Open(_directory.Path, out _))
        {
            journal.Append([[Part(1), Part(2)]]);
            journal.Append([[Part(3)]]);
        }

        AssertKept([Part(1), Part(2)], [Part(3)]);
        AssertKept([Part(1), Part(2)], [Part(3)]);
    }

    [Fact]
    public void Append_AfterAllIsSettled_ForgetsWhatWas()
    {
        using (var journal = PartsJournal.Open(_directory.Path, out _))
        {
            journal.Settle(journal.Append([[Part(1)]]));
            journal.Append([[Part(2)]]);
        }

        AssertKept([Part(2)]);
    }

    [Fact]
    public void Open_AnyTornEnd_GivesTheRecordsBeforeIt()
    {
        using (var journal = PartsJournal.Open(_directory.Path, out _))
        {
            journal.Append([[Part(1)]]);
            journal.Append([[Part(2)]]);
        }

        var file = _directory.File("receiver-parts-0.log");
        var whole = File.ReadAllBytes(file);
        for (var length = whole.Length / 2; length < whole.Length; length++)
        {
            File.WriteAllBytes(file, whole[..length]);

            AssertKept([Part(1)]);
        }

        whole[^1] ^= 1;
        File.WriteAllBytes(file, whole);
        AssertKept([Part(1)]);
    }

    private void AssertKept(params HeldPart[][] expected)
    {
        using var journal = PartsJournal.Open(_directory.Path, out var kept);

        Assert.Equal(expected, kept.Select(row => row.ToArray()));
    }

    private static HeldPart Part(int number) => new(
        new($"S{number}"),
        1_700_000_000_000 + number,
        "system_cpu_utilization",
        MetricTarget.CpuCoreBusyPercent,
        new CoreId(number, CoreType.Snd),
        "tcp\u001Fclosed",
        number + 0.5);
}
