namespace Maestro.Telemetry.Series;

/// <summary>What one interval of one metric came to.</summary>
/// <param name="Count">Samples in the interval; 0 means the other members mean nothing.</param>
public readonly record struct Rollup(int Count, double Min, double Max, double Sum)
{
    public double Mean => Count == 0 ? double.NaN : Sum / Count;
}
