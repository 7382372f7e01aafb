using System.Text.Json;

namespace Maestro.Telemetry.Forecasting.Calibration;

/// <summary>
/// A fitted model whose quantiles are corrected by what became of those it issued before. Follows the series with one
/// short forecast per step.
/// </summary>
internal sealed class CalibratedModel : IFittedModel
{
    private static readonly LevelPlan Tracked = new(TrackedLevels.All);
    private static readonly LevelPlan Standard = new(QuantileLevels.Standard);

    private readonly IFittedModel _inner;
    private readonly ValueBounds _bounds;
    private LevelPlan _plan = Tracked;

    private CalibratedModel(IFittedModel inner, OnlineCalibration calibration, ValueBounds bounds) =>
        (_inner, Calibration, _bounds) = (inner, calibration, bounds);

    public string Name => _inner.Name;

    public int MaxHorizon => _inner.MaxHorizon;

    public OnlineCalibration Calibration { get; }

    /// <inheritdoc cref="OnlineCalibration.Begin"/>
    public static CalibratedModel Begin(
        IFittedModel inner,
        ValueBounds bounds,
        int window,
        int season,
        CalibrationState? before,
        bool continues,
        CancellationToken cancellationToken)
    {
        var calibration = OnlineCalibration.Begin(inner.MaxHorizon, window, season, before, continues);
        var model = new CalibratedModel(inner, calibration, bounds);

        // What was learned up to here was also issued for here.
        if (!continues || before is null)
        {
            model.IssueDue(cancellationToken);
        }

        return model;
    }

    /// <summary>Rebuilds a model from what <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="FormatException">The text is not a saved state of a model of the chain.</exception>
    public static CalibratedModel Restore(string json, FallbackChain chain)
    {
        var state = CalibrationJson.Read(json, CalibrationJson.Default.CalibratedModelState);
        return new(
            chain.Restore(state.Model, state.State), new(state.Calibration), new(state.Lowest, state.Highest));
    }

    public void Observe(double value)
    {
        value = _bounds.Clean(value);
        Calibration.Observe(value);
        _inner.Observe(value);
        IssueDue(CancellationToken.None);
    }

    public QuantileForecast Forecast(int steps, IReadOnlyList<double> levels, CancellationToken cancellationToken)
    {
        _plan = ReferenceEquals(_plan.Wanted, levels) ? _plan : new(levels);
        var corrected = Corrected(steps, _plan, cancellationToken);
        return new(levels, Pick(corrected.Marginal, _plan), Pick(corrected.PathMaximum, _plan));
    }

    public SamplePaths Paths(int steps, CancellationToken cancellationToken)
    {
        var raw = _inner.Forecast(steps, Standard.Asked, cancellationToken);
        var corrected = Calibration.Correct(raw, Standard, _bounds);
        return PathCorrection.Apply(_inner.Paths(steps, cancellationToken), raw, corrected, _bounds);
    }

    public string ToJson() => JsonSerializer.Serialize(
        new CalibratedModelState
        {
            Model = Name,
            State = _inner.ToJson(),
            Calibration = Calibration.Save(),
            Lowest = _bounds.Lowest,
            Highest = _bounds.Highest,
        },
        CalibrationJson.Default.CalibratedModelState);

    private static double[] Pick(double[] asked, LevelPlan plan)
    {
        var (wide, narrow) = (plan.Asked.Length, plan.Picked.Length);
        if (wide == narrow)
        {
            return asked;
        }

        var picked = new double[asked.Length / wide * narrow];
        for (var i = 0; i < picked.Length; i++)
        {
            picked[i] = asked[(i / narrow * wide) + plan.Picked[i % narrow]];
        }

        return picked;
    }

    private void IssueDue(CancellationToken cancellationToken)
    {
        var raw = _inner.Forecast(Calibration.StepsDue(), Tracked.Asked, cancellationToken);
        Calibration.Issue(raw, Calibration.Correct(raw, Tracked, _bounds));
    }

    private QuantileForecast Corrected(int steps, LevelPlan plan, CancellationToken cancellationToken) =>
        Calibration.Correct(_inner.Forecast(steps, plan.Asked, cancellationToken), plan, _bounds);
}
