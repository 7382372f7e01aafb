using System.CommandLine;
using Maestro.Telemetry.Protocol.V1;

namespace Maestro.Telemetry.Cli.Commands;

/// <summary>What a pause is for, as an operator says it and as it is said back.</summary>
internal static class PauseOptions
{
    public static Option<int> Site() => new("--site")
    {
        Description = "Number of a site, in place of a group: the changes there",
        HelpName = "n",
    };

    public static Option<bool> Out() => new("--out")
    {
        Description = "Adds and moves into a group only; without --out and --in, both",
    };

    public static Option<bool> In() => new("--in") { Description = "Removals and moves out of a group only" };

    public static PauseDirection Direction(bool stopsAdds, bool stopsRemovals) => (stopsAdds, stopsRemovals) switch
    {
        (true, false) => PauseDirection.Out,
        (false, true) => PauseDirection.In,
        _ => PauseDirection.Unspecified,
    };

    /// <summary>What a pause stops, for example "group 2" or "removals on site 1".</summary>
    public static string Scope(Pause pause)
    {
        var what = pause.Direction == PauseDirection.Out ? "adds" : "removals";
        return (pause.Direction is PauseDirection.Unspecified, pause.Group, pause.Site) switch
        {
            (true, 0, 0) => "everything",
            (true, 0, var site) => $"site {site}",
            (true, var group, _) => $"group {group}",
            (false, 0, 0) => what,
            (false, 0, var site) => $"{what} on site {site}",
            (false, var group, _) => $"{what} of group {group}",
        };
    }
}
