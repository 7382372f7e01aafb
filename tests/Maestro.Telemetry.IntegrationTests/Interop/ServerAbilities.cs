namespace Maestro.Telemetry.IntegrationTests.Interop;

/// <summary>What a peer's library lets its server do.</summary>
/// <param name="SeesCompression">Whether a handler can tell that a request was compressed.</param>
/// <param name="Compresses">Whether a handler can have a response compressed.</param>
internal sealed record ServerAbilities(bool SeesCompression, bool Compresses)
{
    public static readonly ServerAbilities All = new(SeesCompression: true, Compresses: true);
}
