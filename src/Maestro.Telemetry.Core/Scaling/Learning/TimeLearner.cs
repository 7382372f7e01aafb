using Maestro.Telemetry.Fabric;

namespace Maestro.Telemetry.Scaling.Learning;

/// <summary>Learns from commands that were carried out how long joins and approvals take.</summary>
/// <remarks>
/// Only verified commands count. One that failed says that the SGM did not get there, not how long it would have taken;
/// the brakes look after those.
/// </remarks>
public static class TimeLearner
{
    /// <summary>Older changes are not looked at.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromDays(90);

    private static readonly TimeSpan HalfLife = TimeSpan.FromDays(30);

    /// <summary>A change that took longer was not waited for by anybody.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>What the commands say at <paramref name="now"/>. Order and repetition of commands do not matter.</summary>
    /// <param name="commands">Commands with their steps; those that are open or failed are left out.</param>
    /// <param name="fabric">Says which model an SGM is of; the SGMs that it does not know are left out.</param>
    /// <param name="now">The age of a change is counted up to here.</param>
    public static LearnedTimes Learn(IEnumerable<ScalingCommand> commands, FabricSnapshot fabric, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(commands);
        ArgumentNullException.ThrowIfNull(fabric);
        var joined = commands
            .Where(c => c.To is not null && c.State == CommandState.Verified)
            .Select(c => (Command: c, Age: now - EndOf(c)))
            .Where(c => c.Age >= TimeSpan.Zero && c.Age <= Window)
            .DistinctBy(c => c.Command.Id)
            .ToList();
        var joins =
            from c in joined
            let gateway = fabric.Find(c.Command.Serial)
            where gateway is not null
            let took = EndOf(c.Command) - (Approved(c.Command)?.Time ?? c.Command.CreatedAt)
            where took >= TimeSpan.Zero && took <= Longest
            group (took, WeightOf(c.Age)) by
                (c.Command.Site, Model: gateway.Model.Name, IsMove: c.Command.Kind == CommandKind.Move) into same
            orderby same.Key.Site, same.Key.IsMove
            select new LearnedJoin(same.Key.Site, same.Key.Model, same.Key.IsMove, Summary([.. same]));
        var approvals =
            from c in joined
            where c.Command.Mode == ScalingMode.Recommend
            let waited = Approved(c.Command)?.Time - c.Command.CreatedAt
            where waited >= TimeSpan.Zero && waited <= Longest
            group (waited.Value, WeightOf(c.Age)) by c.Command.To!.Value into same
            orderby same.Key
            select new LearnedApproval(same.Key, Summary([.. same]));
        return new()
        {
            Joins = [.. joins.OrderBy(j => j.Site).ThenBy(j => j.Model, StringComparer.Ordinal).ThenBy(j => j.IsMove)],
            Approvals = [.. approvals],
        };
    }

    private static DateTimeOffset EndOf(ScalingCommand command) =>
        command.Steps.LastOrDefault(s => s.State == CommandState.Verified)?.Time ?? command.UpdatedAt;

    private static CommandStep? Approved(ScalingCommand command) =>
        command.Steps.FirstOrDefault(s => s.State == CommandState.Approved);

    private static double WeightOf(TimeSpan age) => Math.Pow(0.5, age / HalfLife);

    private static LearnedTime Summary(List<(TimeSpan Took, double Weight)> times)
    {
        times.Sort();
        var total = times.Sum(t => t.Weight);
        return new(times.Count, total, Quantile(0.5), Quantile(0.9), Quantile(0.99));

        // The shortest time within which that share of the weight had ended.
        TimeSpan Quantile(double level)
        {
            var sum = 0.0;
            foreach (var (took, weight) in times)
            {
                sum += weight;
                if (sum >= (level * total) - PlannerRules.Tolerance)
                {
                    return took;
                }
            }

            return times[^1].Took;
        }
    }
}
