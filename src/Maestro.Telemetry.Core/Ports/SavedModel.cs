using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Ports;

/// <summary>A fitted model of one group's demand for one resource, saved to go on with after a restart.</summary>
public sealed record SavedModel
{
    public required SecurityGroupId Group { get; init; }

    public required Resource Resource { get; init; }

    /// <summary>The version of what <see cref="State"/> is written in; a release reads only its own.</summary>
    public required int Format { get; init; }

    /// <summary>The model's name, for people and metrics.</summary>
    public required string Model { get; init; }

    public required DateTimeOffset FittedAt { get; init; }

    /// <summary>The beginning of the interval that the model is shown next.</summary>
    public required DateTimeOffset Next { get; init; }

    /// <summary>The length of the series' intervals.</summary>
    public required TimeSpan Step { get; init; }

    /// <summary>What the SGMs weighed in the demand that was learned from.</summary>
    public required string Weights { get; init; }

    /// <summary>JSON of the forecaster, opaque to the store.</summary>
    public required string State { get; init; }
}
