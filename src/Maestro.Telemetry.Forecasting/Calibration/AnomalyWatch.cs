using System.Runtime.InteropServices;

namespace Maestro.Telemetry.Forecasting.Calibration;

/// <summary>Scores each value against the quantiles that were issued for it one to three steps before.</summary>
internal sealed class AnomalyWatch(AnomalyState state)
{
    private static readonly AnomalyRule Rule = new();
    private readonly List<double> _scores = [.. state.Scores];

    /// <summary>The score of the newest known value; NaN at first.</summary>
    public double Score => _scores.Count == 0 ? double.NaN : _scores[^1];

    /// <summary>True while the newest values are an alert.</summary>
    public bool Alert { get; private set; } = state.Alert;

    /// <summary>Alerts that began.</summary>
    public long Alerts { get; private set; } = state.Alerts;

    public AnomalyState Save() => new() { Scores = [.. _scores], Alert = Alert, Alerts = Alerts };

    /// <param name="value">NaN when missing: then nothing changes.</param>
    /// <param name="issued">Quantiles at the tracked levels, of one to three forecasts.</param>
    public void Take(double value, IReadOnlyList<double[]> issued)
    {
        if (double.IsNaN(value) || issued.Count == 0)
        {
            return;
        }

        // The middle one: a change that the newest forecast has followed is still one, a single bad forecast is none.
        double[] scores = [.. issued.Select(row => AnomalyScore.OfScores(value, TrackedLevels.Scores, row)).Order()];
        _scores.Add((scores[(scores.Length - 1) / 2] + scores[scores.Length / 2]) / 2);
        if (_scores.Count > Rule.Of)
        {
            _scores.RemoveAt(0);
        }

        var alert = Rule.IsAlert(CollectionsMarshal.AsSpan(_scores));
        Alerts += alert && !Alert ? 1 : 0;
        Alert = alert;
    }
}
