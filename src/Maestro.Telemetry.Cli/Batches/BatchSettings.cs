using Maestro.Telemetry.Forecasting;

namespace Maestro.Telemetry.Cli.Batches;

/// <summary>What `maestro forecast` was asked for.</summary>
internal sealed record BatchSettings
{
    /// <summary>Stands for standard input and standard output.</summary>
    public const string Standard = "-";

    public required string Tasks { get; init; }

    public required string Out { get; init; }

    /// <summary>The first model to try; null for the usual chain.</summary>
    public IForecastModel? Model { get; init; }

    public required int Jobs { get; init; }

    /// <summary>Time for one series; null for as long as it takes.</summary>
    public TimeSpan? Budget { get; init; }

    public bool Maxima { get; init; }

    public bool Details { get; init; }

    public bool Json { get; init; }
}
