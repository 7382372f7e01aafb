using System.Collections.Immutable;

namespace Maestro.Telemetry.Gaia.Diagnostics;

/// <summary>How busy an SGM's processor is.</summary>
/// <param name="MeanPercent">Over all cores; from 0 to 100.</param>
/// <param name="Cores">In the order of their numbers; empty when the SGM tells only the whole.</param>
public sealed record CpuLoad(double MeanPercent, ImmutableArray<CoreLoad> Cores)
{
    /// <summary>The busiest core; null when no core is told of.</summary>
    public double? BusiestPercent => Cores.Length == 0 ? null : Cores.Max(core => core.BusyPercent);
}
