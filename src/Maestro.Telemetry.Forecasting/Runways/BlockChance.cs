namespace Maestro.Telemetry.Forecasting.Runways;

/// <summary>
/// Numbers by chance that are the same on every machine and in every release: SplitMix64 (Steele, Lea and Flood 2014,
/// "Fast splittable pseudorandom number generators", https://doi.org/10.1145/2660193.2660195).
/// </summary>
internal sealed class BlockChance(ulong seed)
{
    private ulong _state = seed;

    /// <summary>In [0, <paramref name="count"/>).</summary>
    public int Next(int count)
    {
        _state += 0x9E3779B97F4A7C15;
        var bits = _state;
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
        return (int)((bits ^ (bits >> 31)) % (ulong)count);
    }
}
