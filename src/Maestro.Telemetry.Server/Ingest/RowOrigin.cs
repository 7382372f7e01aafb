namespace Maestro.Telemetry.Server.Ingest;

/// <summary>Where rows were before they reached the store.</summary>
internal enum RowOrigin
{
    /// <summary>In flight: accepted, and not yet kept anywhere.</summary>
    Flight,

    /// <summary>In the spool, since this process began or before.</summary>
    Spool,
}
