namespace Maestro.Telemetry.Benchmarks.Peers;

/// <summary>A sender that has one block under way at a time. What it sends is encoded before, outside of what is measured.</summary>
internal interface ILane : IAsyncDisposable
{
    /// <summary>Opens what has to be open before anything can be sent.</summary>
    Task OpenAsync(CancellationToken cancellationToken);

    /// <summary>Encodes a block; what is given back sends it once and ends when all of it is acknowledged.</summary>
    Func<CancellationToken, Task> Prepare(Block block);
}
