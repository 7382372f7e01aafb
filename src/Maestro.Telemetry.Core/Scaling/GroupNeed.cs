using System.Collections.Immutable;

namespace Maestro.Telemetry.Scaling;

/// <summary>What a group needs over one horizon, and from where that follows.</summary>
internal sealed record GroupNeed
{
    /// <summary>Largest of the predicted and reactive terms, in reference SGMs.</summary>
    public required double LoadUnits { get; init; }

    /// <summary>What must be left after losing members, in reference SGMs; null when nothing says so.</summary>
    public required double? SurviveUnits { get; init; }

    /// <summary>Members whose loss must be survived.</summary>
    public required int Failures { get; init; }

    /// <summary>Members that the policy and its schedules ask for, whatever the load.</summary>
    public required int FloorMembers { get; init; }

    public required ImmutableArray<DecisionTerm> Terms { get; init; }

    /// <summary>Reference SGMs that the load asks for when these SGMs are to carry it.</summary>
    public double WantedOf(IReadOnlyCollection<double> weights) =>
        SurviveUnits is { } survive ? Math.Max(LoadUnits, survive + Heaviest(weights, Failures)) : LoadUnits;

    /// <summary>The capacity that the loss of the heaviest SGMs costs. An SGM that is not there yet weighs 1.</summary>
    public static double Heaviest(IReadOnlyCollection<double> weights, int count) =>
        weights.OrderDescending().Take(count).Sum() + Math.Max(0, count - weights.Count);
}
