using Maestro.Telemetry.Forecasting.Errors;

namespace Maestro.Telemetry.Forecasting.Models;

/// <summary>The past forecasts of a level-ratio model, each with carry-over learned from other times.</summary>
/// <param name="points">What was known at each origin, oldest first.</param>
/// <param name="folds">One carry-over per stretch.</param>
internal sealed class LevelRatioPaths(IReadOnlyList<LevelPoint> points, CarryOver[] folds) : IPastPaths
{
    public int Count => points.Count;

    public int Origin(int path) => (int)points[path].Index;

    public void Write(int path, Span<double> expected, Span<double> scale) =>
        folds[FoldOf(path, points.Count, folds.Length)].Write(points[path], expected, scale);

    /// <summary>Contiguous stretches of about equal length.</summary>
    public static int FoldOf(int path, int count, int folds) => (int)((long)path * folds / count);
}
