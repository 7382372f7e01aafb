namespace Maestro.Telemetry.Benchmarks.Peers;

/// <summary>A request that is encoded and not sent yet.</summary>
/// <param name="Values">The values in it.</param>
/// <param name="SendAsync">Sends it; ends when all of it is acknowledged.</param>
internal readonly record struct PreparedRequest(int Values, Func<CancellationToken, Task> SendAsync);
