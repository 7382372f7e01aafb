using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Series;
using static System.FormattableString;

namespace Maestro.Telemetry.Scaling;

/// <summary>How numbers and things are said to operators: with units, in UTC, the same everywhere.</summary>
internal static class Words
{
    public static string Clock(DateTimeOffset time) => Invariant($"{time.UtcDateTime:HH:mm} UTC");

    public static string Group(GroupState state) => $"SG {state.Id} ({state.Group.Name})";

    public static string Sites(IReadOnlyCollection<SiteId> sites) =>
        (sites.Count == 1 ? "site " : "sites ") + string.Join(" and ", sites);

    public static string Of(Resource resource) => resource switch
    {
        Resource.CpuWork => "CPU work",
        Resource.BitsPerSecond => "throughput",
        Resource.ConcurrentConnections => "concurrent connections",
        Resource.ConnectionsPerSecond => "connection rate",
        _ => throw new ArgumentOutOfRangeException(nameof(resource), resource, "Not a resource."),
    };

    public static string Amount(Resource resource, double value) => resource switch
    {
        Resource.CpuWork => Invariant($"{value:F2} busy SGMs of CPU work"),
        Resource.BitsPerSecond => $"{Scaled(value)}bit/s",
        Resource.ConcurrentConnections => $"{Scaled(value)}concurrent connections",
        Resource.ConnectionsPerSecond => $"{Scaled(value)}connections/s",
        _ => throw new ArgumentOutOfRangeException(nameof(resource), resource, "Not a resource."),
    };

    /// <summary>The demand that a term was computed from.</summary>
    public static string Demand(DecisionTerm term)
    {
        var amount = Amount(term.Resource!.Value, term.Demand);
        return term.Source == DesiredCapacity.Reactive ? $"the measured {amount}" : $"the forecast {amount}";
    }

    /// <summary>Why a term asks for its units.</summary>
    public static string Because(DecisionTerm term) =>
        term.Resource is null
            ? term.Note ?? term.Source
            : Demand(term) + (term.Note is null ? string.Empty : $" ({term.Note})");

    /// <summary>What a command does, after "to".</summary>
    public static string What(ScalingCommand command) => command.Kind switch
    {
        CommandKind.Add => $"add SGM {command.Serial} to SG {command.To}",
        CommandKind.Remove => $"remove SGM {command.Serial} from SG {command.From}",
        _ => $"move SGM {command.Serial} from SG {command.From} to SG {command.To}",
    };

    private static string Scaled(double value) => value switch
    {
        >= 1e9 => Invariant($"{value / 1e9:F2} G"),
        >= 1e6 => Invariant($"{value / 1e6:F2} M"),
        >= 1e3 => Invariant($"{value / 1e3:F1} k"),
        _ => Invariant($"{value:F0} "),
    };
}
