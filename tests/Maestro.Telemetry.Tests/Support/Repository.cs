namespace Maestro.Telemetry.Tests.Support;

/// <summary>Files of the repository that tests hold against the code.</summary>
internal static class Repository
{
    public static string Read(string path)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Maestro.Telemetry.sln")))
            {
                return File.ReadAllText(Path.Combine(folder.FullName, path));
            }
        }

        throw new InvalidOperationException($"No Maestro.Telemetry.sln above {AppContext.BaseDirectory}.");
    }
}
