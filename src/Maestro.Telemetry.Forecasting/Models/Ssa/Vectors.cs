using System.Numerics;
using System.Runtime.InteropServices;

namespace Maestro.Telemetry.Forecasting.Models.Ssa;

/// <summary>Arithmetic over spans.</summary>
internal static class Vectors
{
    public static double Dot(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        var width = Vector<double>.Count;
        var sums = Vector<double>.Zero;
        var whole = left.Length - (left.Length % width);
        var lefts = MemoryMarshal.Cast<double, Vector<double>>(left[..whole]);
        var rights = MemoryMarshal.Cast<double, Vector<double>>(right[..whole]);
        for (var i = 0; i < lefts.Length; i++)
        {
            sums += lefts[i] * rights[i];
        }

        var sum = Vector.Sum(sums);
        for (var i = whole; i < left.Length; i++)
        {
            sum += left[i] * right[i];
        }

        return sum;
    }
}
