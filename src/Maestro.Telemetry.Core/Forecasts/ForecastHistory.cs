using System.Collections.Immutable;
using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.Forecasts;

/// <summary>
/// Forecasts of the last hours by group and resource, to hold the newest against: the newest, and older ones ever wider
/// apart (about 10, 20, 40, 80, 160 and 320 minutes old). A value.
/// </summary>
public sealed class ForecastHistory
{
    private static readonly TimeSpan Nearest = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Farthest = Nearest * 64;

    private readonly ImmutableDictionary<(SecurityGroupId Group, Resource Resource), ImmutableArray<DemandForecast>> _kept;

    private ForecastHistory(
        ImmutableDictionary<(SecurityGroupId Group, Resource Resource), ImmutableArray<DemandForecast>> kept) =>
        _kept = kept;

    public static ForecastHistory Empty { get; } =
        new(ImmutableDictionary<(SecurityGroupId, Resource), ImmutableArray<DemandForecast>>.Empty);

    /// <summary>Newest first.</summary>
    public ImmutableArray<DemandForecast> Of(SecurityGroupId group, Resource resource) =>
        _kept.TryGetValue((group, resource), out var forecasts) ? forecasts : [];

    /// <summary>The history with a forecast that has just been issued; the same history when it has it already.</summary>
    public ForecastHistory With(DemandForecast forecast)
    {
        ArgumentNullException.ThrowIfNull(forecast);
        var before = Of(forecast.Group, forecast.Resource);
        if (before is [var newest, ..] && newest.IssuedAt >= forecast.IssuedAt)
        {
            return this;
        }

        // The oldest of each age class stays, so that there is always one that is about to grow into the next.
        ImmutableArray<DemandForecast> kept =
        [
            forecast,
            .. before
                .Where(f => forecast.IssuedAt - f.IssuedAt <= Farthest)
                .GroupBy(f => AgeClass(forecast.IssuedAt - f.IssuedAt))
                .Select(c => c.MinBy(f => f.IssuedAt)!)
                .OrderByDescending(f => f.IssuedAt),
        ];
        return new(_kept.SetItem((forecast.Group, forecast.Resource), kept));
    }

    private static int AgeClass(TimeSpan age) => age < Nearest ? 0 : 1 + (int)Math.Log2(age / Nearest);
}
