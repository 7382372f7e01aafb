namespace Maestro.Telemetry.Replay;

/// <summary>
/// Numbers by chance that are the same on every machine and in every release: SplitMix64 (Steele, Lea and Flood 2014,
/// "Fast splittable pseudorandom number generators", https://doi.org/10.1145/2660193.2660195).
/// </summary>
internal struct Chance(ulong seed)
{
    private ulong _state = seed;

    /// <summary>In [0, 1).</summary>
    public double Next() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>In [0, <paramref name="count"/>).</summary>
    public int Next(int count) => Math.Min(count - 1, (int)(Next() * count));

    /// <summary>Normally distributed, mean 0 and deviation 1.</summary>
    public double NextNormal() =>
        Math.Sqrt(-2 * Math.Log(1 - Next())) * Math.Cos(2 * Math.PI * Next());

    private ulong NextBits()
    {
        _state += 0x9E3779B97F4A7C15;
        var bits = _state;
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
        return bits ^ (bits >> 31);
    }
}
