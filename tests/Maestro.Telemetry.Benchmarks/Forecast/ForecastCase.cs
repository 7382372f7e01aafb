using Maestro.Telemetry.Forecasting;
using Maestro.Telemetry.Forecasting.Metrics;

namespace Maestro.Telemetry.Benchmarks.Forecast;

/// <summary>One forecast to make and to score.</summary>
internal sealed record ForecastCase
{
    public required string Id { get; init; }

    public required string Series { get; init; }

    public required string Group { get; init; }

    public required int Daily { get; init; }

    public required int Weekly { get; init; }

    /// <summary>What may be seen; NaN where missing.</summary>
    public required double[] Context { get; init; }

    /// <summary>What happened.</summary>
    public required double[] Test { get; init; }

    /// <summary>Of the context as it was recorded, also when it is corrupted afterwards.</summary>
    public required ErrorScale Scale { get; init; }

    /// <summary>One of those that the slower comparisons use.</summary>
    public required bool Sub { get; init; }

    public int Horizon => Test.Length;

    public TrainingSeries Training(int? horizon = null) => new()
    {
        Values = Context,
        Periods = Weekly > Daily ? [Daily, Weekly] : [Daily],
        Lowest = TrainingSeries.LowestOf(Context),
        MaxHorizon = horizon ?? Horizon,
    };
}
