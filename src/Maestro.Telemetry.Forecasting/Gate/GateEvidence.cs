namespace Maestro.Telemetry.Forecasting.Gate;

/// <summary>What past windows showed.</summary>
internal sealed class GateEvidence(double level)
{
    private double _model;
    private double _naive;
    private double _peaks;
    private double _margin;
    private int _covered;

    public int Windows { get; private set; }

    public double Coverage => (double)_covered / Windows;

    /// <summary>Pinball loss of the model over that of seasonal-naive; 1 when neither ever missed.</summary>
    public double Skill => _naive > 0 ? _model / _naive : _model > 0 ? double.PositiveInfinity : 1;

    /// <summary>The model's pinball loss as a share of the demand.</summary>
    public double RelativeLoss => _peaks > 0 ? _model / _peaks : _model > 0 ? double.PositiveInfinity : 0;

    /// <summary>How far the quantile was above what happened, as a share of the demand.</summary>
    public double RelativeMargin => _peaks > 0 ? _margin / _peaks : 0;

    public void Add(double peak, double model, double naive)
    {
        Windows++;
        _peaks += peak;
        _margin += model - peak;
        _model += Metrics.Pinball.Loss(peak, model, level);
        _naive += Metrics.Pinball.Loss(peak, naive, level);
        _covered += Metrics.Coverage.Holds(peak, model) ? 1 : 0;
    }
}
