using System.Globalization;
using Maestro.Telemetry.Forecasting.Metrics;
using static System.FormattableString;

namespace Maestro.Telemetry.Benchmarks.Forecast;

/// <summary>A report as text.</summary>
internal static class ForecastTable
{
    public static void Print(TextWriter text, ForecastReport report)
    {
        text.WriteLine($"== {report.Model}");
        Accuracy(text, report);
        Robustness(text, report);
        Maxima(text, report);
        Timing(text, report);
        foreach (var gate in report.Gates)
        {
            var verdict = gate.ReachedGoal ? "goal" : gate.Passed ? "gate" : "MISSED";
            text.WriteLine(Invariant($"{gate.What,-50}{gate.Value,10:F3}  gate {Range(gate.Low, gate.High),-13}")
                + Invariant($" goal {Range(gate.GoalLow, gate.GoalHigh),-13} {verdict}"));
        }

        text.WriteLine();
    }

    private static void Accuracy(TextWriter text, ForecastReport report)
    {
        if (report.Columns is null)
        {
            return;
        }

        text.WriteLine(string.Join(", ", report.Made!.Select(static pair => Invariant($"{pair.Key} {pair.Value}"))));
        text.WriteLine(
            "column        MASE  RMSSE   sMAPE  sCRPS    P95    P99    c80    c95    u95    u99    MSIS    wQL");
        foreach (var column in report.Columns)
        {
            Row(text, Invariant($"{column.Group} {column.Horizon}"), column.Score);
        }

        Row(text, "mean", report.Mean!);
        if (report.M4 is { } m4)
        {
            Row(text, "M4 Hourly", m4.Score);
            text.WriteLine(Invariant($"M4 Hourly OWA {m4.Owa:F4}"));
        }

        text.WriteLine();
    }

    private static void Row(TextWriter text, string name, ForecastScore score) => text.WriteLine(
        Invariant($"{name,-11}{score.Mase,7:F3}{score.Rmsse,7:F3}{score.Smape,8:F3}{score.Scrps,7:F3}{score.Pinball95,7:F3}")
        + Invariant($"{score.Pinball99,7:F3}{score.Coverage80,7:F3}{score.Coverage95,7:F3}{score.Below95,7:F3}")
        + Invariant($"{score.Below99,7:F3}{score.Msis,8:F3}{score.WeightedQuantileLoss,7:F3}"));

    private static void Robustness(TextWriter text, ForecastReport report)
    {
        if (report.Robustness is { } rows)
        {
            text.WriteLine("history                      MASE 2 h   24 h  against clean 2 h   24 h    c95");
            foreach (var row in rows)
            {
                text.WriteLine(Invariant($"{row.Corruption,-28}{row.Mase2H,9:F3}{row.Mase24H,7:F3}{row.Ratio2H,19:F3}")
                    + Invariant($"{row.Ratio24H,7:F3}{row.Coverage95,7:F3}"));
            }

            text.WriteLine();
        }
    }

    private static void Maxima(TextWriter text, ForecastReport report)
    {
        if (report.Maxima is { } columns)
        {
            text.WriteLine("maximum over  group    windows  at or below .95  loss/scale");
            foreach (var column in columns.OrderBy(static column => column.Minutes))
            {
                text.WriteLine(Invariant($"{column.Minutes,3} min        {column.Group,-8}{column.Windows,8}")
                    + Invariant($"{column.Coverage,17:F3}{column.Loss,12:F3}"));
            }

            text.WriteLine();
        }
    }

    private static void Timing(TextWriter text, ForecastReport report)
    {
        if (report.Timing is { } timing)
        {
            text.WriteLine(Invariant($"one core, 4,032 points, 288 steps: fit and forecast {timing.FitAndForecastMs:F2} ms, ")
                + Invariant($"{timing.FitAndForecastMs / timing.BaselineFitAndForecastMs:F1} x seasonal-naive; "));
            text.WriteLine(Invariant($"predict 288 steps {timing.PredictMs:F3} ms, 12 steps {timing.PredictHourMs:F3} ms, ")
                + Invariant($"observe {1_000 * timing.ObserveMs:F1} µs"));
        }

        if (report.Refit is { } refit)
        {
            text.WriteLine(Invariant($"{refit.Series} series on {refit.Jobs} cores: {refit.Seconds:F1} s, ")
                + Invariant($"models hold {refit.HeldMb:F0} MiB, peak of the process {refit.PeakMb:F0} MiB"));
        }

        if (report.Timing is not null || report.Refit is not null)
        {
            text.WriteLine();
        }
    }

    private static string Range(double low, double high) => double.IsInfinity(low)
        ? string.Create(CultureInfo.InvariantCulture, $"<= {high:G4}")
        : string.Create(CultureInfo.InvariantCulture, $"{low:G4}-{high:G4}");
}
