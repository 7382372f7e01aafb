using System.Reflection;

namespace Maestro.Telemetry.Server;

/// <summary>The version of this build.</summary>
public static class ProductVersion
{
    // What the revision is cut to: enough to find it, short enough to read aloud.
    private const int RevisionLength = 10;

    /// <summary>The version and, behind a plus sign, the beginning of the revision.</summary>
    public static string Current { get; } = Shorten(
        typeof(ProductVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion);

    private static string Shorten(string? version)
    {
        if (version?.Split('+') is not [var number, var revision])
        {
            return version ?? "unknown";
        }

        return revision.Length > RevisionLength ? $"{number}+{revision[..RevisionLength]}" : version;
    }
}
