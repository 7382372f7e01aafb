using static System.FormattableString;

namespace Maestro.Telemetry.Scaling.Learning;

/// <summary>Writes into the record what was learned and not configured, whatever is decided.</summary>
internal static class LearnedNotes
{
    public const string Efficiency = "EFFICIENCY";

    public static void Add(PlannerInput input, GroupState state)
    {
        var units = state.CommittedUnits;
        if (state.Learned?.Note is { } note)
        {
            state.Steps.Add(new(LeadTime.Rule, units, units, note));
        }

        if (input.Efficiencies.GetValueOrDefault(state.Id) is { IsIdeal: false } curve)
        {
            var committed = state.Ladder.Committed;
            var next = Math.Min(committed + 1, Math.Max(committed, state.Ladder.Most));
            state.Steps.Add(new(
                Efficiency,
                units,
                units,
                Invariant($"an SGM is worth {curve.At(committed) * 100:F0} % of one alone among {committed}, ")
                    + Invariant($"and {curve.At(next) * 100:F0} % among {next}")));
        }
    }
}
