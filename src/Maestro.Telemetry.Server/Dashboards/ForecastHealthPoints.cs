using System.Globalization;
using Maestro.Telemetry.Forecasting;
using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Series;
using Maestro.Telemetry.Server.Forecasting;

namespace Maestro.Telemetry.Server.Dashboards;

/// <summary>How the forecast models fare, as points.</summary>
internal static class ForecastHealthPoints
{
    public static DataPoint Of(string fabric, SeriesKey series, ForecastHealth health, bool isTrusted, DateTimeOffset at) =>
        new(
            PointNames.ForecastHealth,
            [
                (PointNames.FabricTag, fabric),
                (PointNames.ResourceTag, ResourceNames.ToName(series.Resource)),
                (PointNames.GroupTag, series.Group.Value.ToString(CultureInfo.InvariantCulture)),
            ],
            new FieldList()
                .Flag("trusted", isTrusted)
                .Number("pinball_ratio", health.PinballRatio)
                .Number("window_coverage", health.WindowCoverage)
                .Number("coverage_80", health.InnerCoverage)
                .Number("coverage_95", health.WideCoverage)
                .Number("maximum_coverage_95", health.MaximumCoverage)
                .Number("lower_factor", health.LowerFactor)
                .Number("upper_factor", health.UpperFactor)
                .Number("anomaly_score", health.AnomalyScore)
                .Count("alerts", health.Alerts)
                .All,
            at);
}
