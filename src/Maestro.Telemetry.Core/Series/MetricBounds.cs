namespace Maestro.Telemetry.Series;

/// <summary>The values that a metric can have. Both bounds are allowed values.</summary>
public readonly record struct MetricBounds(double Low, double High)
{
    public static readonly MetricBounds Percent = new(0, 100);

    private static readonly MetricBounds Ratio = new(0, 1);
    private static readonly MetricBounds Rate = new(0, double.MaxValue);
    private static readonly MetricBounds State = new(0, (double)Fabric.MemberState.Unassigned);

    public static MetricBounds Of(MetricId metric) => metric switch
    {
        MetricId.CpuMeanPercent or MetricId.CpuBusiestCorePercent or MetricId.MemoryUsedPercent => Percent,
        MetricId.AccelerationRatio => Ratio,
        MetricId.MemberState => State,
        _ => Rate,
    };
}
