namespace Maestro.Telemetry.Scaling.Arbitration;

/// <summary>
/// What an allocation costs, the gravest first: members missing to hard minimums, then the shortage of each class of
/// priority, then disruption, then the SGMs used. Whole numbers, so that equal is equal.
/// </summary>
internal readonly struct Loss : IComparable<Loss>
{
    /// <summary>An add takes an SGM that serves nobody.</summary>
    public const int AddDisruption = 1;

    /// <summary>More than a removal and an add: two groups change, and the SGM serves nobody in between.</summary>
    public const int MoveDisruption = 3;

    private const double Unit = 1e6;

    private readonly long[] _parts;

    private Loss(long[] parts) => _parts = parts;

    /// <param name="classes">How many classes of priority there are.</param>
    public static Loss None(int classes) => new(new long[classes + 3]);

    public Loss PlusMissingMembers(int members) => Plus(0, members);

    /// <param name="place">Which class, 0 for the first.</param>
    /// <param name="unitHours">What is missing in it.</param>
    public Loss PlusShortage(int place, double unitHours) => Plus(1 + place, (long)Math.Round(unitHours * Unit));

    public Loss PlusDisruption(int disruption) => Plus(_parts.Length - 2, disruption);

    public Loss PlusUnits(double units) => Plus(_parts.Length - 1, (long)Math.Round(units * Unit));

    public Loss Plus(Loss other)
    {
        var parts = new long[_parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            parts[i] = _parts[i] + other._parts[i];
        }

        return new(parts);
    }

    public int CompareTo(Loss other) => _parts.AsSpan().SequenceCompareTo(other._parts);

    private Loss Plus(int index, long value)
    {
        var parts = (long[])_parts.Clone();
        parts[index] += value;
        return new(parts);
    }
}
