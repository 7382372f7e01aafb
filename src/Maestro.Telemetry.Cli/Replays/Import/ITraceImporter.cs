namespace Maestro.Telemetry.Cli.Replays.Import;

/// <summary>Reads one kind of recording.</summary>
internal interface ITraceImporter
{
    /// <summary>All groups that the files hold, in order.</summary>
    /// <exception cref="FormatException">
    /// A file cannot be read as what it should be; the message names file, place, value and remedy.
    /// </exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    IReadOnlyList<ImportedTrace> Read(IReadOnlyList<string> files, ImportOptions options);
}
