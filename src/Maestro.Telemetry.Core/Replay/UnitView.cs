using Maestro.Telemetry.Forecasts;

namespace Maestro.Telemetry.Replay;

/// <summary>What a rule of thumb knows at a moment.</summary>
public readonly ref struct UnitView
{
    /// <summary>Measured work in busy units up to and including now; NaN where unknown.</summary>
    public required ReadOnlySpan<double> Work { get; init; }

    public required DateTimeOffset Now { get; init; }

    public required TimeSpan Step { get; init; }

    /// <summary>Units that serve now.</summary>
    public required int Serving { get; init; }

    /// <summary>Units that serve or are joining.</summary>
    public required int Committed { get; init; }

    /// <summary>From an order until the unit serves, in steps.</summary>
    public required int LeadSteps { get; init; }

    /// <summary>The first sample that is decided about.</summary>
    public required int FirstStep { get; init; }

    /// <summary>The newest forecast; null when there is none.</summary>
    public required DemandForecast? Forecast { get; init; }

    /// <summary>The sample of now.</summary>
    public int Index => Work.Length - 1;

    /// <summary>The newest work that is known; NaN when none is.</summary>
    public double Latest
    {
        get
        {
            for (var i = Work.Length - 1; i >= 0; i--)
            {
                if (!double.IsNaN(Work[i]))
                {
                    return Work[i];
                }
            }

            return double.NaN;
        }
    }
}
