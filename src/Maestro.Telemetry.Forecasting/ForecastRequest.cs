using System.Globalization;
using Maestro.Telemetry.Forecasting.Gate;

namespace Maestro.Telemetry.Forecasting;

/// <summary>What is forecast of a series with a certain step.</summary>
internal sealed record ForecastRequest
{
    /// <param name="options">How to forecast.</param>
    /// <param name="step">The step of the series.</param>
    /// <param name="window">The window to judge in steps; null for the lead time.</param>
    public ForecastRequest(ForecastOptions options, TimeSpan step, int? window = null)
    {
        Step = step;
        Levels = options.Levels;
        Zone = options.Zone;
        Context = ForecastOptions.Steps(options.Context, step);
        MaxHorizon = ForecastOptions.Steps(options.Horizon, step);
        Gate = options.Gate(step, MaxHorizon);
        if (window is { } judged)
        {
            Gate = Gate with { Window = Math.Min(judged, MaxHorizon) };
        }

        var whole = options.Periods.Where(period => period.Ticks % step.Ticks == 0 && period >= 2 * step);
        Periods = [.. whole.Select(period => (int)(period / step))];
        Name = string.Create(
            CultureInfo.InvariantCulture,
            $"step {step}, horizon {MaxHorizon}, window {Gate.Window}, level {Gate.Level}, context {Context}, ")
            + string.Create(CultureInfo.InvariantCulture, $"periods {string.Join('+', Periods)}, zone {Zone.Id}");
    }

    public TimeSpan Step { get; }

    public IReadOnlyList<double> Levels { get; }

    public TimeZoneInfo Zone { get; }

    /// <summary>In steps.</summary>
    public int Context { get; }

    /// <summary>In steps.</summary>
    public int MaxHorizon { get; }

    public SkillGateOptions Gate { get; }

    /// <summary>In steps, ascending.</summary>
    public IReadOnlyList<int> Periods { get; }

    /// <summary>Tells whether a saved state was made for the same request.</summary>
    public string Name { get; }
}
