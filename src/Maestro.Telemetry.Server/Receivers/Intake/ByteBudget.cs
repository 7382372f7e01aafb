using Maestro.Telemetry.Server.Configuration;

namespace Maestro.Telemetry.Server.Receivers.Intake;

/// <summary>Bytes that all requests together may have while they are read.</summary>
internal sealed class ByteBudget(IOptions<ReceiverOptions> options)
{
    private long _taken;

    public long Taken => Interlocked.Read(ref _taken);

    /// <summary>False when there is no room; then nothing is taken.</summary>
    public bool TryTake(long bytes)
    {
        if (Interlocked.Add(ref _taken, bytes) <= options.Value.MaxBytesInFlight)
        {
            return true;
        }

        Return(bytes);
        return false;
    }

    public void Return(long bytes) => Interlocked.Add(ref _taken, -bytes);
}
