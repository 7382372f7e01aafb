namespace Maestro.Telemetry.Cli.Replays.Import;

/// <summary>A kind of recording.</summary>
internal enum TraceFormat
{
    /// <summary>Columns of numbers after one of times.</summary>
    Csv,

    /// <summary>The JSON answer of a Prometheus server to a range query.</summary>
    Prometheus,

    /// <summary>The history database of CPView, one for each SGM.</summary>
    Cpview,

    /// <summary>The telemetry database of this product.</summary>
    Store,
}
