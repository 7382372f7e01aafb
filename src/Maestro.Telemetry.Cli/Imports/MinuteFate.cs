namespace Maestro.Telemetry.Cli.Imports;

/// <summary>What becomes of one minute of a history.</summary>
internal enum MinuteFate
{
    /// <summary>Nothing is stored of it: it is stored.</summary>
    New,

    /// <summary>Other metrics were imported before: this one is added.</summary>
    Added,

    /// <summary>The same was imported before: nothing is done.</summary>
    Same,

    /// <summary>Another value was imported before.</summary>
    Different,

    /// <summary>The service has measured it, or it is known by other SGMs or for another group: it is not touched.</summary>
    Measured,
}
