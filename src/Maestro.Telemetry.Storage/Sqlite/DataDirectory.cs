using Maestro.Telemetry.Ports;

namespace Maestro.Telemetry.Storage.Sqlite;

/// <summary>The directory of the databases.</summary>
internal static class DataDirectory
{
    public const string TelemetryFile = "telemetry.db";
    public const string LedgerFile = "ledger.db";
    public const string ModelFile = "models.db";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Makes the directory if there is none, and gives its full path.</summary>
    /// <exception cref="StoreUnavailableException">It cannot be made.</exception>
    public static string Ensure(string directory)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(directory);
        var path = Path.GetFullPath(directory);
        try
        {
            if (Directory.Exists(path))
            {
                return path;
            }

            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(path);
            }
            else
            {
                Directory.CreateDirectory(path, OwnerOnly);
            }

            return path;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreUnavailableException(
                $"The data directory '{path}' cannot be created ({e.Message}). "
                + "Give the service's user write access to its parent, or choose another data directory.",
                e);
        }
    }

    /// <summary>
    /// Takes the directory's telemetry for this process. Two writers would each keep their own numbers for the serials.
    /// </summary>
    /// <exception cref="StoreUnavailableException">Another process has it, or the file cannot be made.</exception>
    public static FileStream Lock(string directory)
    {
        var path = Path.Combine(directory, "telemetry.lock");
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreUnavailableException(
                $"The data directory '{directory}' is in use or cannot be written: '{path}' cannot be locked "
                + $"({e.Message}). Stop the other process, give the service's user write access, or choose another "
                + "data directory.",
                e);
        }
    }
}
