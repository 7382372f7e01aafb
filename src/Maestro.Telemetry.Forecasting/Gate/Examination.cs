using Maestro.Telemetry.Forecasting.Calibration;

namespace Maestro.Telemetry.Forecasting.Gate;

/// <summary>What the gate found out.</summary>
/// <param name="Trust">The evidence.</param>
/// <param name="Calibration">The corrections that the past would have led to; null when nothing was judged.</param>
/// <param name="Baseline">The same for seasonal-naive.</param>
internal sealed record Examination(TrustRecord Trust, CalibrationState? Calibration, CalibrationState? Baseline);
