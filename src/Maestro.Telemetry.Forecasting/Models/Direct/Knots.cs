namespace Maestro.Telemetry.Forecasting.Models.Direct;

/// <summary>The horizons that are fitted; coefficients in between are interpolated.</summary>
internal static class Knots
{
    private static readonly int[] Hourly = [.. Enumerable.Range(1, 48)];

    private static readonly int[] Minutes =
    [
        .. Enumerable.Range(1, 24),
        27, 30, 33, 36, 42, 48, 54, 60, 72, 84, 96, 108, 120, 144, 168, 192, 216, 240, 264, 288,
    ];

    private static readonly int[] EveryMinute =
    [
        1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 18, 21, 24, 27, 30, 35, 40, 45, 50, 55, 60, 70, 80, 90, 100, 110, 120,
        150, 180, 240, 300, 360, 480, 600, 720, 960, 1200, 1440,
    ];

    private static readonly int[] Sparse =
        [1, 2, 3, 4, 6, 9, 12, 18, 24, 36, 48, 72, 96, 144, 192, 240, 288, 432, 576, 864, 1152, 1440];

    /// <summary>Up to and including the longest horizon, which is added when it is not among them.</summary>
    public static int[] For(int day, int longest, bool dense)
    {
        var all = !dense ? Sparse : day <= 48 ? Hourly : day <= 288 ? Minutes : EveryMinute;
        var knots = all.TakeWhile(horizon => horizon < longest).ToList();
        while (knots.Count > 0 && knots[^1] * 2 < longest)
        {
            knots.Add(knots[^1] * 2);
        }

        return [.. knots, longest];
    }
}
