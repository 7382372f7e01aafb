namespace Maestro.Telemetry.Simulator;

/// <summary>
/// Chance without a state: the same seed, key and index always give the same draw, so that a value at any time can be
/// had without those before it. The mixing function is SplitMix64 (Steele, Lea and Flood, 2014).
/// </summary>
internal static class Chance
{
    public static ulong Mix(ulong value)
    {
        value += 0x9E3779B97F4A7C15UL;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9UL;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EBUL;
        return value ^ (value >> 31);
    }

    /// <summary>Joins a key and a number to a new key.</summary>
    public static ulong Key(ulong key, long part) => Mix(key ^ Mix(unchecked((ulong)part)));

    /// <summary>Joins a key and a text to a new key.</summary>
    public static ulong Key(ulong key, string part)
    {
        foreach (var character in part)
        {
            key = Key(key, character);
        }

        return key;
    }

    /// <summary>Even in [0, 1).</summary>
    public static double Uniform(ulong key, long index) => (Key(key, index) >> 11) * (1.0 / (1UL << 53));

    /// <summary>
    /// Mean 0, variance 1, nearly normal, within ±3.47: the sum of the four 16-bit quarters of one draw.
    /// </summary>
    public static double Normal(ulong key, long index)
    {
        var bits = Mix(key + (unchecked((ulong)index) * 0xD1342543DE82EF95UL));
        var sum = (bits & 0xFFFF) + ((bits >> 16) & 0xFFFF) + ((bits >> 32) & 0xFFFF) + (bits >> 48);
        return (sum - (2.0 * 0xFFFF)) * (1.7320508075688772 / 0xFFFF);
    }

    /// <summary>A smooth wander around 0 that forgets itself over about <paramref name="period"/> seconds.</summary>
    public static double Wander(ulong key, double seconds, double period)
    {
        var position = seconds / period;
        var whole = Math.Floor(position);
        var part = position - whole;
        var blend = part * part * (3 - (2 * part));
        var index = (long)whole;
        return ((1 - blend) * Normal(key, index)) + (blend * Normal(key, index + 1));
    }
}
