using Maestro.Telemetry.Forecasting.Models.Direct;
using static Maestro.Telemetry.Tests.Forecasting.Direct.DirectCurve;

namespace Maestro.Telemetry.Tests.Forecasting.Direct;

/// <summary>Parts of the direct models against an independent implementation in another language.</summary>
public sealed class DirectGoldenTests
{
    private const int Rows = 209;

    private static readonly double[] Holed = HoledWaves();

    private static readonly double[] Waves =
    [
        .. Enumerable.Range(0, 1_300).Select(static t => t == 400 ? 900 : 100
            + (20 * Math.Sin(2 * Math.PI * t / 24))
            + (8 * Math.Cos(2 * Math.PI * t / 12))
            + (6 * Math.Sin(2 * Math.PI * t / 17.3))
            + (3 * Math.Sin(t * t % 1_009 * 0.37))),
    ];

    [Fact]
    public void SlotAverage_OfAFormula_IsThatOfTheReference()
    {
        var slots = new SlotAverage(24, 0.2);
        Array.ForEach(Holed, slots.Append);

        AssertAt(
            [108, 113.9132030196035, 113.96284327105425, 115.96696233524563, 111.02478197768583, 110.24208019609893],
            [0, 30, 51, 74, 144, 239],
            at => slots.Values[at]);
    }

    [Fact]
    public void Average_OfAFormula_IsThatOfTheReference()
    {
        var (quick, slow) = (new Average(0.3), new Average(0.01));
        foreach (var value in Holed)
        {
            quick.Append(value);
            slow.Append(value);
        }

        AssertAt(
            [108, 112.96450047729869, 102.99977556541253, 95.51777099234128, 100.25497520809127],
            [0, 5, 51, 120, 239],
            at => quick.Values[at]);
        AssertAt(
            [108, 112.94567562371796, 101.77612407044467, 102.58765629302957, 106.89280986869097],
            [0, 5, 51, 120, 239],
            at => slow.Values[at]);
    }

    [Fact]
    public void Autoregression_OfAFormula_IsThatOfTheReference()
    {
        var layout = SeasonLayout.For(History(Waves), Waves.Length);

        var auto = LongAutoregression.Fit(Waves, layout, CancellationToken.None)!;

        AssertAt(
            [
                0.004894205030686221, 0.01734277235647048, 0.04612227538202594,
                0.01586782584183068, 0.032753112558067496, 0.06444812636702466,
            ],
            [0, 1, 50, 75, 98, 99],
            at => auto.State.Coefficients[at]);
        var past = auto.Past([1, 5, 30], CancellationToken.None);
        int[] moments = [99, 250, 700, 1_299];
        AssertAt(
            [108.35662534978007, 110.72487438279623, 112.20017407712875, 117.93458160800031],
            moments,
            at => past[0][at]);
        AssertAt(
            [113.11573363682882, 80.11840951682098, 107.7377050255058, 118.47676248013137],
            moments,
            at => past[1][at]);
        AssertAt(
            [115.45811196821826, 83.89798178300435, 119.91602253820191, 108.48649255850675],
            moments,
            at => past[2][at]);
        var forecast = new double[30];
        LongAutoregression.Forecast(auto.State, Waves.AsSpan(^100..), forecast);
        AssertAt(
            [117.94461004889565, 118.54674375129632, 115.4751523850678, 108.27646599847536],
            [0, 4, 23, 29],
            at => forecast[at]);
    }

    [Fact]
    public void WeightedQuantiles_OfAFormula_AreThoseOfTheReference()
    {
        double[] values = [.. Enumerable.Range(0, 40).Select(i => 3 * Math.Sin(i * i * 0.37))];
        double[] weights = [.. Enumerable.Range(0, 40).Select(i => Math.Pow(0.5, (40 - i) / 11.0))];

        var quantiles = WeightedQuantiles.Of(values, weights);

        AssertAt(
            [-2.9791187594679824, -2.107814147239433, 0.041778759210562406, 2.755168218308967, 2.995277592025871],
            [0, 5, 13, 21, 25],
            at => quantiles[at]);
    }

    [Fact]
    public void RobustRegression_OfAFormula_IsThatOfTheReference()
    {
        var design = FormulaDesign();
        var regression = new RobustRegression(design, 0.01);

        var median = regression.Fit(0.5, 5, null);
        var high = regression.Fit(0.9, 4, median);
        regression.MeasureOutOfFold(median);
        var residuals = regression.Residuals.ToArray();

        int[] places = [0, 1, 3, 8, 15];
        AssertAt(
            [-0.058470931742882475, 0.5636422898465886, -0.189487775253539, -0.0798613112032899, -0.023576367382351193],
            places,
            at => median[at]);
        AssertAt(
            [1.06400093322965, 0.5965303671513374, -0.20985231209201122, -0.016379649543575618, -0.048104678379994346],
            places,
            at => high[at]);
        AssertAt(
            [0.3180910285547637, -0.28212971103871165, -1.5230549983981172, -1.0766369181056028],
            [0, 34, 100, 208],
            at => residuals[at]);
    }

    /// <summary>A design whose numbers are overwritten by a formula.</summary>
    internal static Design FormulaDesign()
    {
        var tracks = new SeriesTracks(SeasonLayout.For(History(Holed), Holed.Length));
        foreach (var value in Holed)
        {
            tracks.Append(value, isOutlier: false);
        }

        var design = new Design(tracks, default, 1, 30, 1, stacked: false);
        design.Fill(1, null);
        Assert.Equal((Rows, 16), (design.Rows, design.Width));
        for (var row = 0; row < Rows; row++)
        {
            for (var k = 1; k < design.Width; k++)
            {
                design.Column(k)[row] = Math.Sin((row + 1) * (0.3 + (0.7 * k))) + (0.2 * Math.Cos(row * 0.05 * k));
            }

            design.Target[row] = (1.5 * Math.Sin(row * row * 0.37))
                + (0.6 * design.Column(1)[row])
                - (0.3 * design.Column(3)[row]);
            design.Weights[row] = Math.Pow(0.5, (Rows - row) / 80.0);
        }

        return design;
    }

    private static double[] HoledWaves()
    {
        double[] values =
        [
            .. Enumerable.Range(0, 240).Select(static t => 100 + (0.05 * t)
                + (20 * Math.Sin(2 * Math.PI * t / 24))
                + (8 * Math.Cos(2 * Math.PI * t / 12))
                + (3 * Math.Sin(t * t * 0.37))),
        ];
        Array.Fill(values, double.NaN, 50, 3);
        values[120] = double.NaN;
        return values;
    }

    private static void AssertAt(double[] golden, int[] places, Func<int, double> actual) => Assert.All(
        golden.Zip(places), pair => Assert.Equal(pair.First, actual(pair.Second), 1e-6 * Math.Abs(pair.First)));
}
