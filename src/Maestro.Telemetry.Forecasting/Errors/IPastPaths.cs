namespace Maestro.Telemetry.Forecasting.Errors;

/// <summary>What a model would have forecast in the past, from what it knew then.</summary>
internal interface IPastPaths
{
    int Count { get; }

    /// <summary>The index of the last value known to the forecast.</summary>
    int Origin(int path);

    /// <summary>Writes the expected values of the steps after the origin, and the scale of their errors.</summary>
    void Write(int path, Span<double> expected, Span<double> scale);
}
