namespace Maestro.Telemetry.Tests.Fuzz;

/// <summary>A decoder of what others send.</summary>
/// <param name="Seed">Something right, of any content.</param>
/// <param name="Decode">Decodes, or refuses with an exception that <paramref name="IsRefusal"/> knows.</param>
/// <param name="IsRefusal">Whether an exception is how the decoder says no.</param>
internal sealed record FuzzTarget(
    Func<Random, byte[]> Seed, Func<byte[], Random, Task> Decode, Func<Exception, bool> IsRefusal);
