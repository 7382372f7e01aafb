using System.Threading.Channels;
using Maestro.Telemetry.Agent;

namespace Maestro.Telemetry.Tests.Agents;

/// <summary>
/// The far end of a sender, played by a test: each stream that is opened comes out of <see cref="NextAsync"/>.
/// </summary>
internal sealed class FakeCollector : ITelemetryTransport
{
    private readonly Channel<FakeStream> _opened = Channel.CreateUnbounded<FakeStream>();

    /// <summary>Whether a stream was opened that no test has taken yet.</summary>
    public bool HasNext => _opened.Reader.TryPeek(out _);

    public ITelemetryStream Open(CancellationToken cancellationToken)
    {
        var stream = new FakeStream(cancellationToken);
        _opened.Writer.TryWrite(stream);
        return stream;
    }

    public Task<FakeStream> NextAsync() =>
        _opened.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10));
}
