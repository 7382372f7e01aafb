namespace Maestro.Telemetry.Benchmarks.Forecast;

/// <summary>Series of one kind, and how they are forecast.</summary>
/// <param name="Name">The column of the results.</param>
/// <param name="File">CSV file, one column a series.</param>
/// <param name="Daily">Steps in a day.</param>
/// <param name="Weekly">Steps in a week.</param>
/// <param name="Horizon">Steps to forecast.</param>
/// <param name="Context">The most history that a forecast may see, steps.</param>
/// <param name="LeastContext">The least, steps.</param>
/// <param name="Columns">As many series are taken, in the order of the MD5 of their names.</param>
internal sealed record ForecastGroup(
    string Name, string File, int Daily, int Weekly, int Horizon, int Context, int LeastContext, int Columns)
{
    public const string M4 = "m4h";

    public static IReadOnlyList<ForecastGroup> All { get; } =
    [
        Five("nab5", "nab_5min.csv", 99),
        Five("azvm5", "azurevm_avg_5min.csv", 6),
        Five("azvm5", "azurevm_max_5min.csv", 6),
        Five("azvm5", "azurevm_pavg_5min.csv", 6),
        Five("azvm5", "azurevm_pmax_5min.csv", 6),
        Five("net5", "internet_5min.csv", 99),
        Five("net5", "cluster_5min.csv", 99),
        Five("net5", "google2011_5min.csv", 99),
        One("alibaba_1min.csv"),
        One("mscloud_1min.csv"),
        One("web_1min.csv"),
        new("load60", "load_60min.csv", 24, 168, 24, 1_344, 336, 99),
        new("load60", "taxi_30min.csv", 48, 336, 48, 2_688, 672, 99),
    ];

    /// <summary>The horizons that are reported; 0 is the whole one.</summary>
    public static IReadOnlyList<(string Group, int Horizon)> Columns9 { get; } =
    [
        ("nab5", 24), ("nab5", 288), ("azvm5", 24), ("azvm5", 288), ("net5", 24), ("net5", 288),
        ("min1", 30), ("min1", 120), ("load60", 24),
    ];

    private static ForecastGroup Five(string name, string file, int columns) =>
        new(name, file, 288, 2_016, 288, 4_032, 2_016, columns);

    private static ForecastGroup One(string file) => new("min1", file, 1_440, 10_080, 120, 10_080, 4_320, 99);
}
