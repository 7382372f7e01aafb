using System.Diagnostics;
using System.Diagnostics.Metrics;
using Maestro.Telemetry.Ports;

namespace Maestro.Telemetry.Gaia;

/// <summary>Requests by command and outcome, how long they take, and changes by outcome.</summary>
internal sealed class GaiaMetrics : IDisposable
{
    public const string MeterName = "Maestro.Telemetry.Gaia";

    private readonly Meter? _owned;
    private readonly Counter<long> _requests;
    private readonly Histogram<double> _duration;
    private readonly Counter<long> _changes;

    public GaiaMetrics(IMeterFactory? meters)
    {
        // A factory owns the meters it makes; without one the meter is ours to dispose.
        var meter = meters?.Create(MeterName) ?? (_owned = new Meter(MeterName));
        _requests = meter.CreateCounter<long>(
            "maestro.gaia.requests", "{request}", "Requests to Gaia APIs, by command and outcome.");
        _duration = meter.CreateHistogram<double>(
            "maestro.gaia.request.duration", "s", "Time from sending a request to its outcome, by command.");
        _changes = meter.CreateCounter<long>(
            "maestro.gaia.changes", "{change}", "Membership changes asked for, by outcome.");
    }

    public void Requested(GaiaCommand command, string outcome, TimeSpan duration)
    {
        var name = new KeyValuePair<string, object?>("command", command.Name);
        _requests.Add(1, name, new("outcome", outcome));
        _duration.Record(duration.TotalSeconds, name);
    }

    public void Changed(ApplyOutcome? outcome) =>
        _changes.Add(1, new TagList { { "outcome", outcome?.ToString() ?? "Failed" } });

    public void Dispose() => _owned?.Dispose();
}
