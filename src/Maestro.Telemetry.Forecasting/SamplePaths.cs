namespace Maestro.Telemetry.Forecasting;

/// <summary>Equally likely ways the coming steps may go. Across paths, each step has the forecast's quantiles.</summary>
/// <param name="Steps">Steps of each path.</param>
/// <param name="Values">Row-major, paths × steps.</param>
public sealed record SamplePaths(int Steps, double[] Values)
{
    public int Count => Steps == 0 ? 0 : Values.Length / Steps;

    /// <summary>One path, oldest step first.</summary>
    public ReadOnlySpan<double> this[int path] => Values.AsSpan(path * Steps, Steps);
}
