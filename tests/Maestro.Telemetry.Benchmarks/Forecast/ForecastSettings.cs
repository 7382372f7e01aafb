namespace Maestro.Telemetry.Benchmarks.Forecast;

/// <summary>What the forecasts are asked.</summary>
internal sealed record ForecastSettings
{
    public required string Data { get; init; }

    /// <summary>Names; empty for the usual chain.</summary>
    public required IReadOnlyList<string> Models { get; init; }

    public bool Accuracy { get; init; }

    public bool Robustness { get; init; }

    public bool Maxima { get; init; }

    public bool Timing { get; init; }

    /// <summary>Series to refit at once for the timing; 0 for none.</summary>
    public int Series { get; init; }

    /// <summary>Two origins of each series instead of six: quicker, for trying things out.</summary>
    public bool Sub { get; init; }

    public int Seed { get; init; }

    public int Jobs { get; init; } = Environment.ProcessorCount;

    public bool Json { get; init; }
}
