namespace Maestro.Telemetry.TestSupport;

/// <summary>The repository in which the tests run, and its files.</summary>
internal static class Repository
{
    /// <summary>The top of the repository.</summary>
    public static string Root { get; } = Find();

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Maestro.Telemetry.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException(
            $"No Maestro.Telemetry.sln above {AppContext.BaseDirectory}; run the tests within the source tree.");
    }
}
