using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Cli.Imports;

/// <summary>What the values of a recording are in.</summary>
/// <param name="Name">As it is called on the command line.</param>
/// <param name="Resource">What it measures.</param>
/// <param name="Factor">What one is in the unit that is stored: percent of an SGM, bit/s, connections, connections a second.</param>
internal sealed record ImportUnit(string Name, Resource Resource, double Factor)
{
    public const string Percent = "percent";

    private const double NoLimit = 1e15;

    private static readonly ImportUnit[] All =
    [
        new(Percent, Resource.CpuWork, 1),
        new("sgms", Resource.CpuWork, 100),
        new("bit/s", Resource.BitsPerSecond, 1),
        new("kbit/s", Resource.BitsPerSecond, 1e3),
        new("Mbit/s", Resource.BitsPerSecond, 1e6),
        new("Gbit/s", Resource.BitsPerSecond, 1e9),
        new("byte/s", Resource.BitsPerSecond, 8),
        new("Mbyte/s", Resource.BitsPerSecond, 8e6),
        new("connections", Resource.ConcurrentConnections, 1),
        new("per-second", Resource.ConnectionsPerSecond, 1),
        new("per-minute", Resource.ConnectionsPerSecond, 1.0 / 60),
    ];

    public static string[] Names { get; } = [.. All.Select(static unit => unit.Name)];

    /// <summary>The unit that is named, or the only one of a resource.</summary>
    /// <exception cref="FormatException">It is one of something else, or has to be named.</exception>
    public static ImportUnit Of(Resource resource, string resourceName, string? name)
    {
        var units = All.Where(unit => unit.Resource == resource).ToList();
        var others = string.Join(", ", units.Select(static unit => unit.Name));
        return name is null
            ? units.Count == 1 ? units[0] : throw new FormatException(
                $"--unit is missing, and {resourceName} may be in {others}; name the one of the values.")
            : units.Find(unit => unit.Name == name) ?? throw new FormatException(
                $"--unit is '{name}', which is none of {resourceName}; write one of {others}, or another --resource.");
    }

    /// <summary>What values may be.</summary>
    /// <param name="ofWholeGroup">True when all members are measured together.</param>
    public (double Least, double Most) Bounds(bool ofWholeGroup) =>
        (0, Resource != Resource.CpuWork || (ofWholeGroup && Name != Percent) ? NoLimit : 100 / Factor);
}
