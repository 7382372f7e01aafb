namespace Maestro.Telemetry.Forecasting;

/// <summary>A model that has learned one series and follows it. Not thread-safe.</summary>
public interface IFittedModel
{
    /// <summary>The name of the <see cref="IForecastModel"/> that made it.</summary>
    string Name { get; }

    /// <summary>The longest horizon that errors were measured for, in steps.</summary>
    int MaxHorizon { get; }

    /// <summary>Takes the next value of the grid without refitting.</summary>
    /// <param name="value">NaN when missing; infinite values and those below the lowest count as missing.</param>
    void Observe(double value);

    /// <summary>Forecasts the next steps. Does not change the model.</summary>
    /// <param name="steps">From 1 to <see cref="MaxHorizon"/>.</param>
    /// <param name="levels">Quantile levels, ascending, in (0, 1).</param>
    /// <param name="cancellationToken">Stops long work.</param>
    /// <returns>Finite quantiles within the bounds of the series, that do not cross.</returns>
    QuantileForecast Forecast(int steps, IReadOnlyList<double> levels, CancellationToken cancellationToken);

    /// <summary>
    /// Equally likely ways the coming steps may go, each with the past's dependence between steps: for what depends on
    /// several steps at once, such as a maximum or a sum over a window. Does not change the model; the same model gives
    /// the same paths.
    /// </summary>
    /// <param name="steps">From 1 to <see cref="MaxHorizon"/>.</param>
    /// <param name="cancellationToken">Stops long work.</param>
    /// <returns>Some tens to hundreds of paths of finite values within the bounds of the series.</returns>
    SamplePaths Paths(int steps, CancellationToken cancellationToken);

    /// <summary>The whole state; a restored model gives the same forecasts bit for bit.</summary>
    string ToJson();
}
