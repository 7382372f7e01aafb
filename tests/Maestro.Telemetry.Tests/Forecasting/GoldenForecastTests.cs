using Maestro.Telemetry.Forecasting;
using Maestro.Telemetry.Forecasting.Models.HoltWinters;
using Maestro.Telemetry.Forecasting.Models.Ssa;
using Maestro.Telemetry.Forecasting.Models.Theta;

namespace Maestro.Telemetry.Tests.Forecasting;

/// <summary>Expected values against those of independent implementations in another language.</summary>
public sealed class GoldenForecastTests
{
    private const int Period = 24;
    private const int Count = 240;
    private const int Steps = 30;

    private static readonly int[] Compared = [0, 1, 5, 11, 23, 29];

    private static readonly double[] Noisy =
    [
        .. Enumerable.Range(0, Count).Select(static i => 100 + (0.05 * i)
            + (20 * Math.Sin(2 * Math.PI * i / Period))
            + (8 * Math.Cos(2 * Math.PI * i / 12))
            + (3 * Math.Sin(i * i * 0.37))),
    ];

    private static readonly double[] ThreeWaves =
    [
        .. Enumerable.Range(0, Count).Select(static i => 50
            + (20 * Math.Sin((2 * Math.PI * i / Period) + 0.3))
            + (8 * Math.Cos(2 * Math.PI * i / 10))
            + (5 * Math.Sin(2 * Math.PI * i / 7.3))),
    ];

    [Fact]
    public void Theta_OnAFormula_ExpectsWhatTheReferenceDoes()
    {
        var expected = new double[Steps];
        ThetaFit.Learn(Noisy, Period).Expect(expected);

        AssertAt(
            [
                118.74002379652394, 123.20146645226492, 124.8252830583549,
                123.21183228879386, 114.64763467810698, 125.40503551187031,
            ],
            expected);
    }

    [Fact]
    public void HoltWinters_WithGivenSmoothing_ExpectsWhatTheReferenceDoes()
    {
        var start = HoltWintersFit.Start(Noisy, Period) with { Smoothing = new(0.3, 0.02, 0.2, 0.98) };

        var (squares, season) = HoltWintersFit.Roll(Noisy, start);

        var expected = new double[Steps];
        season.Expect(expected);
        Assert.Equal(1606.990795762539, squares, 1e-8);
        AssertAt(
            [
                117.31349593713236, 121.65066705070485, 122.18971812747164,
                119.9864664068904, 112.19826985259658, 121.64297563457401,
            ],
            expected);
    }

    [Fact]
    public void Ssa_OfAsManyComponentsAsThereAre_ExpectsWhatTheReferenceDoes()
    {
        var model = new SsaModel(new()
        {
            WindowSize = 25,
            RankSelectionMethod = RankSelectionMethod.Fixed,
            Rank = 7,
        });
        var series = new TrainingSeries { Values = ThreeWaves, Periods = [Period], MaxHorizon = Steps };

        var fitted = model.Fit(series, CancellationToken.None).Model!;

        AssertAt(
            [
                60.41311249796837, 67.55615750211771, 60.0968690807671,
                59.04862883731923, 49.14815620465573, 72.39984956674928,
            ],
            fitted.Forecast(Steps, [0.5], CancellationToken.None).Marginal);
    }

    private static void AssertAt(double[] golden, double[] expected) =>
        Assert.All(golden.Zip(Compared), pair => Assert.Equal(pair.First, expected[pair.Second], 1e-6));
}
