namespace Maestro.Telemetry.Forecasting;

/// <summary>A model that has learned one series and follows it. Not thread-safe.</summary>
public interface IFittedModel
{
    /// <summary>The name of the <see cref="IForecastModel"/> that made it.</summary>
    string Name { get; }

    /// <summary>The longest horizon that errors were measured for, in steps.</summary>
    int MaxHorizon { get; }

    /// <summary>Takes the next value of the grid without refitting.</summary>
    /// <param name="value">NaN when missing; negative and infinite values count as missing.</param>
    void Observe(double value);

    /// <summary>Forecasts the next steps. Does not change the model.</summary>
    /// <param name="steps">From 1 to <see cref="MaxHorizon"/>.</param>
    /// <param name="levels">Quantile levels, ascending, in (0, 1).</param>
    /// <param name="cancellationToken">Stops long work.</param>
    /// <returns>Finite quantiles, never below zero, that do not cross.</returns>
    QuantileForecast Forecast(int steps, IReadOnlyList<double> levels, CancellationToken cancellationToken);

    /// <summary>The whole state; a restored model gives the same forecasts bit for bit.</summary>
    string ToJson();
}
