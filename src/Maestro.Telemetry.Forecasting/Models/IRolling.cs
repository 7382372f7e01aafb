namespace Maestro.Telemetry.Forecasting.Models;

/// <summary>What a model knows after some values: takes the next one, and says what it expects to come.</summary>
internal interface IRolling
{
    /// <summary>Takes the next value; NaN when missing.</summary>
    void Step(double value);

    /// <summary>Writes the expected values of the steps after the last one taken.</summary>
    void Expect(Span<double> expected);
}

/// <inheritdoc/>
/// <typeparam name="TState">All that it remembers, on paper.</typeparam>
internal interface IRolling<out TState> : IRolling
{
    TState Save();
}
