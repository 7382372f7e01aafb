using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Forecasts;

/// <summary>A forecast of one group's demand for one resource, as it was issued. Never changed afterwards.</summary>
public sealed record DemandForecast
{
    public required SecurityGroupId Group { get; init; }

    public required Resource Resource { get; init; }

    /// <summary>The model's name, for example direct.</summary>
    public required string Model { get; init; }

    public required DateTimeOffset IssuedAt { get; init; }

    /// <summary>The beginning of the first forecast interval.</summary>
    public required DateTimeOffset Start { get; init; }

    public required TimeSpan Step { get; init; }

    /// <summary>Quantile levels, ascending, in (0, 1).</summary>
    public required IReadOnlyList<double> Levels { get; init; }

    /// <summary>Quantiles of the value in each interval: row-major, steps × levels.</summary>
    public required ReadOnlyMemory<double> Marginal { get; init; }

    /// <summary>Quantiles of the maximum from the first interval up to and including each: row-major, steps × levels.</summary>
    public required ReadOnlyMemory<double> PathMaximum { get; init; }

    /// <summary>Whether the skill gate lets the planner use it.</summary>
    public required ForecastTrust Trust { get; init; }

    public int Steps => Levels.Count == 0 ? 0 : Marginal.Length / Levels.Count;
}
