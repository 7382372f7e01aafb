using System.Globalization;
using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Server.Configuration;
using Maestro.Telemetry.Storage.Sqlite;

namespace Maestro.Telemetry.Server.Doctor;

/// <summary>The data directory: whether it can be written, what the database holds, and how much room there is.</summary>
internal sealed class StoreExamination(IOptions<StorageOptions> options) : IExamination
{
    private const long Little = 5L << 30;
    private const long TooLittle = 256L << 20;

    public string Area => "store";

    public Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken)
    {
        var directory = Path.GetFullPath(options.Value.Directory);
        IReadOnlyList<Finding> findings = Directory.Exists(directory)
            ? [Writable(directory), .. Database(directory), Room(directory)]
            : [NotThere(directory), Room(directory)];
        return Task.FromResult(findings);
    }

    private Finding NotThere(string directory) => new(
        Area, Verdict.Warning, $"{directory} is not there yet.",
        "The server makes it at its first start; if it was here before, look whether its file system is mounted.");

    private Finding Writable(string directory)
    {
        try
        {
            var probe = Path.Combine(directory, $"doctor-{Environment.ProcessId}.tmp");
            using var file = new FileStream(
                probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
            file.WriteByte(0);
            return new(Area, Verdict.Ok, $"{directory} can be written.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new(
                Area, Verdict.Failed, $"{directory} cannot be written ({e.Message}).",
                "Run this as the service's user; give that user write access, or free space.");
        }
    }

    private IEnumerable<Finding> Database(string directory)
    {
        var file = Path.Combine(directory, "telemetry.db");
        if (!File.Exists(file))
        {
            return [new(Area, Verdict.Ok, $"There is no {file} yet; the server makes it.")];
        }

        try
        {
            using var history = SqliteTelemetryHistory.Open(file);
            return [new(Area, Verdict.Ok, history.Span is var (first, end)
                ? string.Create(CultureInfo.InvariantCulture, $"{file} can be read; it holds {first:yyyy-MM-dd HH:mm} to {end:yyyy-MM-dd HH:mm} UTC.")
                : $"{file} can be read, and is empty.")];
        }
        catch (StoreUnavailableException e)
        {
            return [new(Area, Verdict.Failed, e.Message, "The message says what to do.")];
        }
    }

    private Finding Room(string directory)
    {
        var there = directory;
        while (!Directory.Exists(there) && Path.GetDirectoryName(there) is { } parent)
        {
            there = parent;
        }

        try
        {
            var free = new DriveInfo(there).AvailableFreeSpace;
            var told = string.Create(CultureInfo.InvariantCulture, $"{free / (double)(1 << 30):F1} GiB are free for {directory}.");
            const string Remedy = "Free space, or keep less: Maestro:Storage:KeepSamples and KeepRollups.";
            return free < TooLittle ? new(Area, Verdict.Failed, told, Remedy)
                : free < Little ? new(Area, Verdict.Warning, told, Remedy)
                : new(Area, Verdict.Ok, told);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return new(Area, Verdict.Warning, $"How much room there is for {directory} cannot be told ({e.Message}).", "Look with df.");
        }
    }
}
