using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Server.Configuration;

namespace Maestro.Telemetry.Server.Receivers.Assembly;

/// <summary>The journal in the directory of the store, and what it has kept over the restart.</summary>
internal sealed class KeptParts : IDisposable
{
    private readonly PartsJournal _journal;

    /// <param name="storage">Where the files are.</param>
    /// <param name="store">Opened before: it makes the directory, and tells when another process has it.</param>
    /// <exception cref="IOException">The files cannot be opened.</exception>
    public KeptParts(IOptions<StorageOptions> storage, ITelemetryStore store)
    {
        ArgumentNullException.ThrowIfNull(store);
        _journal = PartsJournal.Open(storage.Value.Directory, out var rows);
        Rows = rows;
    }

    public IPartsJournal Journal => _journal;

    public IReadOnlyList<IReadOnlyList<HeldPart>> Rows { get; }

    public void Dispose() => _journal.Dispose();
}
