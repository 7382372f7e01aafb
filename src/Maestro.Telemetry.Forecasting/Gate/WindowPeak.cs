using System.Text.Json.Serialization;

namespace Maestro.Telemetry.Forecasting.Gate;

/// <summary>
/// The highest value of a window, while its values come. A sample that is lost now and then says little against it: those
/// beside it are there. Otherwise a telemetry that loses one of ten would leave no window of an hour to judge by.
/// </summary>
/// <param name="Highest">Of the known values; NaN while none is.</param>
/// <param name="Known">Values that are known.</param>
/// <param name="Missing">Values that are not.</param>
/// <param name="Run">How many were missing in a row just now.</param>
/// <param name="LongestRun">How many were missing in a row at most.</param>
internal readonly record struct WindowPeak(double Highest, int Known, int Missing, int Run, int LongestRun)
{
    /// <summary>A window is known when at most one of so many values is missing.</summary>
    private const int MissingOf = 4;

    private const int MissingInARow = 2;

    /// <summary>The highest value; NaN when so many are missing that one of those may have been far above it.</summary>
    [JsonIgnore]
    public double Peak => Known > 0 && Missing * MissingOf <= Known + Missing && LongestRun <= MissingInARow
        ? Highest
        : double.NaN;

    /// <summary>The peak of a whole window.</summary>
    public static double Of(ReadOnlySpan<double> window)
    {
        var peak = default(WindowPeak);
        foreach (var value in window)
        {
            peak = peak.With(value);
        }

        return peak.Peak;
    }

    /// <summary>With the next value; NaN when it is missing.</summary>
    public WindowPeak With(double value) => double.IsNaN(value)
        ? this with { Missing = Missing + 1, Run = Run + 1, LongestRun = Math.Max(LongestRun, Run + 1) }
        : this with { Highest = Known == 0 ? value : Math.Max(Highest, value), Known = Known + 1, Run = 0 };
}
