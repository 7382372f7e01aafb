using System.Diagnostics.Metrics;
using Maestro.Telemetry.Gaia;
using Maestro.Telemetry.Ports;

namespace Maestro.Telemetry.Tests.Orchestration;

public sealed class GaiaMetricsTests
{
    [Fact]
    public void Metrics_RequestsAndChanges_AreCountedByOutcome()
    {
        using var factory = new SoleMeterFactory();
        using var metrics = new GaiaMetrics(factory);
        var counted = new List<string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, l) =>
            {
                if (instrument.Meter == factory.Meter)
                {
                    l.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
            counted.Add($"{instrument.Name} {value} {string.Join(",", tags.ToArray().Select(t => t.Value))}"));
        listener.Start();

        metrics.Requested(GaiaCommand.Apply, "Timeout", TimeSpan.FromSeconds(1));
        metrics.Changed(ApplyOutcome.Applied);
        metrics.Changed(null);

        Assert.Equal(
            [
                "maestro.gaia.requests 1 apply-maestro-security-groups-changes,Timeout",
                "maestro.gaia.changes 1 Applied",
                "maestro.gaia.changes 1 Failed",
            ],
            counted);
    }

    private sealed class SoleMeterFactory : IMeterFactory
    {
        public Meter Meter { get; } = new("test");

        public Meter Create(MeterOptions options) => Meter;

        public void Dispose() => Meter.Dispose();
    }
}
