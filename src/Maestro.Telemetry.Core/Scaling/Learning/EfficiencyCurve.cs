using System.Collections.Immutable;

namespace Maestro.Telemetry.Scaling.Learning;

/// <summary>
/// What an SGM is worth in a group of so many, against one alone: 1 where nothing is lost to synchronization and uneven
/// distribution. It never grows with the number, and is never below <see cref="Least"/>.
/// </summary>
public sealed class EfficiencyCurve
{
    /// <summary>Whoever measures less has measured something else.</summary>
    public const double Least = 0.7;

    private readonly ImmutableArray<(int Members, double Value)> _points;

    private EfficiencyCurve(ImmutableArray<(int Members, double Value)> points) => _points = points;

    /// <summary>Every SGM is worth the same.</summary>
    public static EfficiencyCurve Ideal { get; } = new([(1, 1)]);

    /// <summary>The numbers of members that something is known of, in order; the first is 1.</summary>
    public IReadOnlyList<(int Members, double Value)> Points => _points;

    /// <summary>True when every SGM is worth the same.</summary>
    public bool IsIdeal => _points[^1].Value >= 1;

    /// <summary>The curve through these points; values that it must not have are brought to the nearest it may have.</summary>
    /// <exception cref="ArgumentException">A number of members is below 1 or occurs twice, or a value is not finite.</exception>
    public static EfficiencyCurve Through(IEnumerable<(int Members, double Value)> points)
    {
        ArgumentNullException.ThrowIfNull(points);
        var sorted = points.OrderBy(p => p.Members).ToList();
        if (sorted.Exists(p => p.Members < 1 || !double.IsFinite(p.Value))
            || sorted.DistinctBy(p => p.Members).Count() < sorted.Count)
        {
            throw new ArgumentException("Each number of members is 1 or more, occurs once and has a finite value.");
        }

        var curve = ImmutableArray.CreateBuilder<(int Members, double Value)>();
        var least = 1.0;
        if (sorted is not [{ Members: 1 }, ..])
        {
            curve.Add((1, 1));
        }

        foreach (var (members, value) in sorted)
        {
            least = Math.Clamp(value, Least, least);
            curve.Add((members, least));
        }

        return new(curve.ToImmutable());
    }

    /// <summary>The value at a number of members: on the line between two points, and the last one beyond it.</summary>
    public double At(int members)
    {
        var next = 0;
        while (next < _points.Length && _points[next].Members < members)
        {
            next++;
        }

        if (next == 0 || next == _points.Length)
        {
            return _points[next == 0 ? 0 : ^1].Value;
        }

        var (from, to) = (_points[next - 1], _points[next]);
        return from.Value + ((to.Value - from.Value) * (members - from.Members) / (to.Members - from.Members));
    }
}
