using System.Globalization;

namespace Maestro.Telemetry.Simulator.Orchestrators;

/// <summary>The versions of the Gaia API that the simulated Orchestrators speak.</summary>
internal static class GaiaVersions
{
    public static IReadOnlyList<string> Supported { get; } =
        ["1", .. Enumerable.Range(1, 8).Select(minor => string.Create(CultureInfo.InvariantCulture, $"1.{minor}"))];

    /// <summary>
    /// The command of a path such as /gaia_api/login or /gaia_api/v1.8/login; null when it is not of the API, and an
    /// empty command when the version is not supported.
    /// </summary>
    public static string? CommandOf(string path)
    {
        const string Prefix = "/gaia_api/";
        if (!path.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return null;
        }

        return path[Prefix.Length..].Split('/') switch
        {
            [var command] => command,
            [['v', .. var version], var command] => Supported.Contains(version) ? command : "",
            _ => null,
        };
    }
}
