using Maestro.Telemetry.Server.Configuration;
using Maestro.Telemetry.Server.Ingest;

namespace Maestro.Telemetry.Server.Receivers;

/// <summary>
/// Which agent streams which SGM. An SGM has one stream: the same agent that comes back takes over from its old stream
/// (whose connection may be half dead); another agent is refused.
/// </summary>
internal sealed class StreamRegistry(RowCounters counters, IOptions<IngestOptions> options)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Registration> _bySerial = new(StringComparer.Ordinal);

    /// <summary>The registration to dispose at the stream's end, or why there is none.</summary>
    public (Registration? Registration, RegistryRefusal Refusal, string? OtherAgent) TryOpen(
        string serial, string agent)
    {
        lock (_gate)
        {
            if (_bySerial.TryGetValue(serial, out var other))
            {
                if (other.Agent != agent)
                {
                    counters.CountStreamRefused("duplicate_serial");
                    return (null, RegistryRefusal.DuplicateSerial, other.Agent);
                }

                other.Supersede();
            }
            else if (_bySerial.Count >= options.Value.MaxStreams)
            {
                counters.CountStreamRefused("too_many_streams");
                return (null, RegistryRefusal.TooManyStreams, null);
            }

            var registration = new Registration(this, serial, agent);
            _bySerial[serial] = registration;
            counters.CountStreamOpened();
            return (registration, RegistryRefusal.None, null);
        }
    }

    /// <summary>The other agent that streams this SGM, and then the sender is counted as refused; null when none does.</summary>
    public string? FindOther(string serial, string agent)
    {
        lock (_gate)
        {
            if (!_bySerial.TryGetValue(serial, out var holder) || holder.Agent == agent)
            {
                return null;
            }

            counters.CountStreamRefused("duplicate_serial");
            return holder.Agent;
        }
    }

    private void Close(Registration registration)
    {
        lock (_gate)
        {
            counters.CountStreamClosed();
            if (_bySerial.GetValueOrDefault(registration.Serial) == registration)
            {
                _bySerial.Remove(registration.Serial);
            }
        }
    }

    /// <summary>One open stream.</summary>
    internal sealed class Registration(StreamRegistry registry, string serial, string agent) : IDisposable
    {
        private readonly CancellationTokenSource _superseded = new();
        private bool _closed;

        public string Serial => serial;

        public string Agent => agent;

        /// <summary>Cancelled when the same agent has opened a newer stream.</summary>
        public CancellationToken Superseded => _superseded.Token;

        public void Supersede() => _superseded.Cancel();

        public void Dispose()
        {
            if (!_closed)
            {
                _closed = true;
                registry.Close(this);
                _superseded.Dispose();
            }
        }
    }
}
