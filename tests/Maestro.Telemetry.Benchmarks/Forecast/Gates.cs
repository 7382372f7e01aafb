using static System.FormattableString;

namespace Maestro.Telemetry.Benchmarks.Forecast;

/// <summary>What the forecasts must reach.</summary>
internal static class Gates
{
    public static IReadOnlyList<GateResult> Of(ForecastReport report) =>
        [.. Accuracy(report), .. Robustness(report), .. Maxima(report), .. Timing(report)];

    private static IEnumerable<GateResult> Accuracy(ForecastReport report)
    {
        if (report.Mean is { } mean)
        {
            yield return GateResult.AtMost("mean MASE", mean.Mase, 0.69, 0.64);
            yield return GateResult.AtMost("mean sCRPS", mean.Scrps, 0.57, 0.52);
            yield return GateResult.Within("coverage of 80 %", mean.Coverage80, (0.77, 0.84), (0.79, 0.82));
            yield return GateResult.Within("coverage of 95 %", mean.Coverage95, (0.935, 0.97), (0.945, 0.96));
        }

        if (report.M4 is { } m4)
        {
            yield return GateResult.AtMost("M4 Hourly OWA", m4.Owa, 0.43, 0.41);
            yield return GateResult.AtMost("M4 Hourly MSIS", m4.Score.Msis, 6.8, 6.0);
        }
    }

    private static IEnumerable<GateResult> Robustness(ForecastReport report)
    {
        foreach (var row in (report.Robustness ?? []).Skip(1))
        {
            if (row.Corruption == Corruption.ShiftName)
            {
                yield return GateResult.AtMost($"{row.Corruption}, MASE 24 h", row.Mase24H, 2.0, 1.6);
            }
            else
            {
                yield return GateResult.AtMost($"{row.Corruption}, 2 h against clean", row.Ratio2H, 1.15, 1.05);
                yield return GateResult.AtMost($"{row.Corruption}, 24 h against clean", row.Ratio24H, 1.15, 1.05);
            }
        }
    }

    private static IEnumerable<GateResult> Maxima(ForecastReport report) => (report.Maxima ?? [])
        .GroupBy(static column => column.Minutes)
        .Select(static minutes => GateResult.Within(
            Invariant($"maximum of {minutes.Key} min at or below .95"),
            minutes.Average(static column => column.Coverage),
            (0.93, 0.97),
            (0.94, 0.96)));

    private static IEnumerable<GateResult> Timing(ForecastReport report)
    {
        if (report.Timing is { } timing)
        {
            var (gate, goal) = report.Model.EndsWith("lite", StringComparison.Ordinal) ? (20, 8) : (150, 60);
            yield return GateResult.AtMost("fit and forecast, ms", timing.FitAndForecastMs, gate, goal);
            yield return GateResult.AtMost("predict 288 steps, ms", timing.PredictMs, 1, 0.1);
        }

        if (report.Refit is { } refit)
        {
            var share = refit.Series / 5_000.0;
            yield return GateResult.AtMost(Invariant($"{refit.Series} series refit, s"), refit.Seconds, 480 * share, 180 * share);
            yield return GateResult.AtMost(Invariant($"{refit.Series} series, peak MiB"), refit.PeakMb, 1_024, 1_024);
        }
    }
}
