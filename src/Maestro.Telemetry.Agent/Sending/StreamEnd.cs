namespace Maestro.Telemetry.Agent;

/// <summary>Why a stream that did not fail has ended.</summary>
internal enum StreamEnd
{
    /// <summary>The collector ended it, for example because it shuts down.</summary>
    ByCollector,

    /// <summary>Everything that was asked for is acknowledged, or the time for it is over.</summary>
    ByUs,
}
