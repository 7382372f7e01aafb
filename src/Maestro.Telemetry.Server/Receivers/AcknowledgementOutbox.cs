using System.Threading.Channels;
using Maestro.Telemetry.Protocol.V1;

namespace Maestro.Telemetry.Server.Receivers;

/// <summary>What one stream has to be told. Acknowledgements that come faster than they can be sent become one.</summary>
internal sealed class AcknowledgementOutbox
{
    private readonly Lock _gate = new();
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private List<Refusal> _refusals = [];
    private ulong _upTo;
    private bool _pending;

    /// <summary>Everything up to <paramref name="sequence"/> is committed or refused.</summary>
    public void Acknowledge(ulong sequence, IReadOnlyList<Refusal> refusals)
    {
        lock (_gate)
        {
            _upTo = sequence;
            _refusals.AddRange(refusals);
            _pending = true;
        }

        _signal.Writer.TryWrite(true);
    }

    /// <summary>The next acknowledgement to send; null when there will be no more.</summary>
    public async ValueTask<Acknowledgement?> TakeAsync(CancellationToken cancellationToken)
    {
        while (await _signal.Reader.WaitToReadAsync(cancellationToken))
        {
            _signal.Reader.TryRead(out _);
            if (Take() is { } acknowledgement)
            {
                return acknowledgement;
            }
        }

        return Take();
    }

    /// <summary>No more will come.</summary>
    public void Complete() => _signal.Writer.TryComplete();

    private Acknowledgement? Take()
    {
        lock (_gate)
        {
            if (!_pending)
            {
                return null;
            }

            var acknowledgement = new Acknowledgement { UpToSequence = _upTo };
            acknowledgement.Refusals.AddRange(_refusals);
            if (_refusals.Count > 0)
            {
                _refusals = [];
            }

            _pending = false;
            return acknowledgement;
        }
    }
}
