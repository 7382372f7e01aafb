using Maestro.Telemetry.Server.Configuration;
using Maestro.Telemetry.Server.Ingest;
using Maestro.Telemetry.Server.Receivers;
using Microsoft.Extensions.Options;

namespace Maestro.Telemetry.Tests.Service;

public sealed class StreamRegistryTests
{
    private readonly RowCounters _counters = new(Given.Meters());
    private readonly StreamRegistry _registry;

    public StreamRegistryTests() =>
        _registry = new StreamRegistry(_counters, Options.Create(new IngestOptions { MaxStreams = 2 }));

    [Fact]
    public void TryOpen_OtherAgentOnTheSerial_IsRefusedUntilTheFirstHasEnded()
    {
        var (first, _, _) = _registry.TryOpen("S1", "a");

        Assert.Equal((null, RegistryRefusal.DuplicateSerial, "a"), _registry.TryOpen("S1", "b"));
        Assert.False(first!.Superseded.IsCancellationRequested);
        first.Dispose();

        Assert.Equal(RegistryRefusal.None, _registry.TryOpen("S1", "b").Refusal);
    }

    [Fact]
    public void TryOpen_SameAgentAgain_TakesOverAndTheOldEndChangesNothing()
    {
        var (old, _, _) = _registry.TryOpen("S1", "a");
        var (fresh, refusal, _) = _registry.TryOpen("S1", "a");

        Assert.Equal(RegistryRefusal.None, refusal);
        Assert.True(old!.Superseded.IsCancellationRequested);
        old.Dispose();
        old.Dispose();

        Assert.Equal(1, _counters.OpenStreams);
        Assert.Equal(RegistryRefusal.DuplicateSerial, _registry.TryOpen("S1", "b").Refusal);
        fresh!.Dispose();
        Assert.Equal(0, _counters.OpenStreams);
    }

    [Fact]
    public void FindOther_NamesWhoStreamsAnSgm_ButNotToItself()
    {
        var (first, _, _) = _registry.TryOpen("S1", "a");

        Assert.Equal("a", _registry.FindOther("S1", "b"));
        Assert.Null(_registry.FindOther("S1", "a"));
        Assert.Null(_registry.FindOther("S2", "b"));
        first!.Dispose();

        Assert.Null(_registry.FindOther("S1", "b"));
    }

    [Fact]
    public void TryOpen_AboveTheLimit_IsRefusedAndATakeoverIsNot()
    {
        var (first, _, _) = _registry.TryOpen("S1", "a");
        _registry.TryOpen("S2", "b");

        Assert.Equal(RegistryRefusal.TooManyStreams, _registry.TryOpen("S3", "c").Refusal);
        Assert.Equal(RegistryRefusal.None, _registry.TryOpen("S2", "b").Refusal);
        first!.Dispose();

        Assert.Equal(RegistryRefusal.None, _registry.TryOpen("S3", "c").Refusal);
    }
}
