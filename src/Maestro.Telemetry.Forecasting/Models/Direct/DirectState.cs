using Maestro.Telemetry.Forecasting.Errors;

namespace Maestro.Telemetry.Forecasting.Models.Direct;

/// <summary>A fitted <see cref="DirectModel"/> as it is saved.</summary>
internal sealed record DirectState
{
    public required string Model { get; init; }

    /// <summary>In steps.</summary>
    public required int MaxHorizon { get; init; }

    public required SeasonLayout Layout { get; init; }

    /// <summary>The unit of coefficients.</summary>
    public required double Scale { get; init; }

    /// <summary>What intervals are widened by.</summary>
    public required double Inflation { get; init; }

    /// <summary>Nothing below is forecast.</summary>
    public required double Lowest { get; init; }

    /// <summary>Nothing above is forecast.</summary>
    public required double Highest { get; init; }

    /// <summary>What is below counts as missing.</summary>
    public required double Smallest { get; init; }

    /// <summary>See <see cref="OutlierFilter"/>.</summary>
    public required double OutlierLimit { get; init; }

    /// <summary>
    /// The series that was learned from and what was observed since; everything else is worked out from it.
    /// </summary>
    public required double[] Values { get; init; }

    /// <summary>Indices of outliers, ascending.</summary>
    public required int[] Outliers { get; init; }

    /// <summary>Ascending.</summary>
    public required KnotFit[] Knots { get; init; }

    /// <summary>Null when the history is too short for one.</summary>
    public required AutoregressionState? Autoregression { get; init; }

    /// <summary>The dependence between steps; null only while it is being measured.</summary>
    public required PathRanks? Ranks { get; init; }
}
