using Maestro.Telemetry.Replay;

namespace Maestro.Telemetry.Cli.Tuning;

/// <summary>What a setting came to for one group.</summary>
/// <param name="Setting">Where the knobs stood.</param>
/// <param name="Chosen">In the earlier part of the trace, by which settings are chosen.</param>
/// <param name="Judged">In the later part, which the choice did not see.</param>
/// <param name="OnFrontier">
/// True when no other setting is as good or better in shortage, cost and moves, in the earlier part.
/// </param>
internal sealed record TunePoint(TuneSetting Setting, ElasticityMetrics Chosen, ElasticityMetrics Judged, bool OnFrontier);
