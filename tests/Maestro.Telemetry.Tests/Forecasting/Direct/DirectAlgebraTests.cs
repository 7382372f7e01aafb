using Maestro.Telemetry.Forecasting;
using Maestro.Telemetry.Forecasting.Errors;
using Maestro.Telemetry.Forecasting.Models.Direct;
using MathNet.Numerics.LinearAlgebra;

namespace Maestro.Telemetry.Tests.Forecasting.Direct;

/// <summary>Sums, solvers and quantiles against the plain way to work them out.</summary>
public sealed class DirectAlgebraTests
{
    [Theory]
    [InlineData(60, 0, 40, 3)]
    [InlineData(60, 17, 50, 10)]
    [InlineData(200, 30, 31, 24)]
    public void LagProducts_AreTheSumsOverWindows(int count, int from, int to, int lags)
    {
        var z = Numbers(count, 1);

        var products = LagProducts.Of(z, from, to, lags, 25);

        for (var a = 0; a <= lags; a++)
        {
            for (var b = 0; b <= a; b++)
            {
                var sum = Enumerable.Range(from, to - from)
                    .Sum(i => Math.Pow(0.5, (count - lags - i) / 25.0) * z[i + a] * z[i + b]);
                Assert.Equal(sum, products[(a * (lags + 1)) + b], 1e-9);
            }
        }
    }

    [Theory]
    [InlineData(0, 209)]
    [InlineData(3, 208)]
    [InlineData(100, 101)]
    [InlineData(7, 7)]
    public void Gram_IsTheSumsOverRows(int from, int to)
    {
        var design = DirectGoldenTests.FormulaDesign();
        var all = Gram.Padded(design.Width + 1);
        var products = new double[all * all];

        var weight = Gram.Add(design, design.Weights, from, to, products, new double[all * Gram.Block]);

        Assert.Equal(design.Weights[from..to].Sum(), weight, 1e-12);
        for (var a = 0; a <= design.Width; a++)
        {
            for (var b = 0; b <= a; b++)
            {
                var sum = Enumerable.Range(from, to - from)
                    .Sum(row => design.Weights[row] * design.Column(a)[row] * design.Column(b)[row]);
                Assert.Equal(sum, products[(a * all) + b], 1e-10);
            }
        }
    }

    [Fact]
    public void Gram_OfMoreRowsThanABlock_IsTheSumsOverRows()
    {
        var values = DirectCurve.Days(24, 40);
        var tracks = new SeriesTracks(SeasonLayout.For(DirectCurve.History(values), values.Length));
        Array.ForEach(values, value => tracks.Append(value, isOutlier: false));
        var design = new Design(tracks, default, 10, 30, 1, stacked: false);
        design.Fill(3, null);
        var all = Gram.Padded(design.Width + 1);
        var products = new double[all * all];

        Gram.Add(design, design.Weights, 1, design.Rows, products, new double[all * Gram.Block]);

        Assert.True(design.Rows > 3 * Gram.Block);
        var expected = Enumerable.Range(1, design.Rows - 1)
            .Sum(row => design.Weights[row] * design.Column(5)[row] * design.Target[row]);
        Assert.Equal(expected, products[(design.Width * all) + 5], 1e-8);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(40)]
    public void Cholesky_SolvesAsTheLibraryDoes(int size)
    {
        var (matrix, right) = Positive(size, 2 * size, size);
        var expected = matrix.Cholesky().Solve(Vector<double>.Build.DenseOfArray(right));

        Cholesky.Solve(matrix.Transpose().ToColumnMajorArray(), size, right);

        Assert.All(expected.Zip(right), pair => Assert.Equal(pair.First, pair.Second, 1e-9));
    }

    [Fact]
    public void NonNegativeLeastSquares_OfTermsThatAreNotNegative_IsTheBestOfAllSubsets()
    {
        for (var seed = 1; seed <= 300; seed++)
        {
            var random = new Random(seed);
            var rows = Matrix<double>.Build.Dense(30, 4, (_, k) => (random.NextDouble() * (k + 1)) + (0.5 * k));
            var target = Vector<double>.Build.Dense(
                30, i => Math.Abs(rows[i, seed % 4] - (0.4 * rows[i, (seed + 1) % 4]) + random.NextDouble() - 0.5));
            var products = rows.TransposeThisAndMultiply(rows);
            products += Matrix<double>.Build.DenseIdentity(4) * (0.02 * products.Trace() / 4);
            var right = rows.TransposeThisAndMultiply(target);
            var solution = new double[4];

            NonNegativeLeastSquares.Solve(products.ToColumnMajorArray(), right.ToArray(), solution);

            var best = Enumerable.Range(0, 16).Min(set => Loss(products, right, OfSubset(products, right, set)));
            Assert.All(solution, value => Assert.True(value >= 0));
            Assert.Equal(best, Loss(products, right, Vector<double>.Build.DenseOfArray(solution)), 1e-9 * Math.Abs(best));
        }
    }

    [Fact]
    public void NonNegativeLeastSquares_OfNothingThatHelps_IsZero()
    {
        var solution = new double[] { 7, 7 };

        NonNegativeLeastSquares.Solve([2, 0, 0, 3], [-1, -1], solution);

        Assert.Equal([0, 0], solution);
    }

    [Fact]
    public void WeightedQuantiles_OfEqualWeights_AreThoseOfTheMiddles()
    {
        var quantiles = WeightedQuantiles.Of(new double[] { 3, 1, 2, 4 }, new double[] { 5, 5, 5, 5 });

        // The middles of the weights are at 1/8, 3/8, 5/8 and 7/8.
        Assert.Equal(1, quantiles[0]);
        Assert.Equal(2.5, quantiles[LevelGrid.Median], 1e-12);
        Assert.Equal(1.5, quantiles[8], 1e-12);
        Assert.Equal(4, quantiles[^1]);
        Assert.Equal(quantiles.Order(), quantiles);
    }

    [Fact]
    public void WeightedQuantiles_OfAHeavyValue_AreMostlyThatValue()
    {
        var quantiles = WeightedQuantiles.Of(new double[] { 10, 0, 20 }, new double[] { 98, 1, 1 });

        Assert.Equal(10, quantiles[LevelGrid.Median], 1e-9);
        Assert.InRange(quantiles[1], 0, 1);
    }

    [Fact]
    public void Selection_FindsWhatSortingDoes()
    {
        for (var seed = 1; seed <= 50; seed++)
        {
            var random = new Random(seed);
            double[] values = [.. Enumerable.Range(0, 1 + random.Next(60)).Select(_ => (double)random.Next(20))];
            var at = random.Next(values.Length);
            var sorted = values.Order().ElementAt(at);

            Assert.Equal(sorted, Selection.At(values, at));
        }
    }

    [Fact]
    public void PathMaxima_AreThoseOfSortingEveryStep()
    {
        const int Steps = 200;
        double[] levels = [0.1, 0.5, 0.95];
        var walks = Numbers(150 * Steps, 4);
        for (var i = 0; i < walks.Length; i++)
        {
            walks[i] += i % Steps == 0 ? 0 : walks[i - 1];
        }

        var expected = new double[Steps * levels.Length];
        for (var step = 0; step < Steps; step++)
        {
            double[] highest =
            [
                .. Enumerable.Range(0, 150).Select(path => walks.Skip(path * Steps).Take(step + 1).Max()).Order(),
            ];
            for (var level = 0; level < levels.Length; level++)
            {
                expected[(step * levels.Length) + level] = Quantiles.OfSorted(highest, levels[level]);
            }
        }

        var marginal = new double[expected.Length];
        Array.Fill(marginal, double.NegativeInfinity);

        var maxima = PathMaxima.Of(new SamplePaths(Steps, walks), levels, marginal);

        Assert.Equal(expected[..(24 * levels.Length)], maxima[..(24 * levels.Length)]);
        Assert.Equal(expected[^levels.Length..], maxima[^levels.Length..]);
        Assert.All(expected.Zip(maxima), pair => Assert.Equal(pair.First, pair.Second, 0.2));
    }

    [Fact]
    public void PathMaxima_AreNotBelowTheMarginals()
    {
        double[] marginal = [5, 6, 1, 9, 2, 3];

        var maxima = PathMaxima.Of(new SamplePaths(3, [1.0, 2, 3, 2, 1, 4]), [0.5, 0.9], marginal);

        Assert.Equal([5, 6, 5, 9, 5, 9], maxima);
    }

    [Theory]
    [InlineData(24)]
    [InlineData(48)]
    [InlineData(288)]
    [InlineData(1_440)]
    public void Knots_CoverEveryHorizon(int day)
    {
        foreach (var longest in new[] { 1, 2, 24, 25, 100, 288, 1_440, 5_000, 20_000 })
        {
            foreach (var dense in new[] { true, false })
            {
                var knots = Knots.For(day, longest, dense);

                Assert.Equal(longest, knots[^1]);
                Assert.Equal(1, knots[0]);
                Assert.Equal(knots.Distinct().Order(), knots);
                Assert.All(knots.Zip(knots.Skip(1)), pair => Assert.True(pair.Second <= (2 * pair.First) + 1));
            }
        }
    }

    private static double[] Numbers(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextDouble() - 0.5)];
    }

    private static (Matrix<double> Matrix, double[] Right) Positive(int size, int rows, int seed)
    {
        var x = Matrix<double>.Build.DenseOfColumnMajor(rows, size, Numbers(rows * size, seed));
        var matrix = x.TransposeThisAndMultiply(x) + (0.1 * Matrix<double>.Build.DenseIdentity(size));
        return (matrix, Numbers(size, seed + 1));
    }

    private static double Loss(Matrix<double> products, Vector<double> right, Vector<double> at) =>
        at.DotProduct(products * at) - (2 * right.DotProduct(at));

    /// <summary>The solution with the terms of the set only; zeros when one of them would be negative.</summary>
    private static Vector<double> OfSubset(Matrix<double> products, Vector<double> right, int set)
    {
        var zeros = Vector<double>.Build.Dense(4);
        int[] used = [.. Enumerable.Range(0, 4).Where(k => (set & (1 << k)) != 0)];
        if (used.Length == 0)
        {
            return zeros;
        }

        var some = Matrix<double>.Build.Dense(used.Length, used.Length, (i, j) => products[used[i], used[j]])
            .Solve(Vector<double>.Build.Dense(used.Length, i => right[used[i]]));
        if (some.Any(value => value < 0))
        {
            return zeros;
        }

        var solution = zeros.Clone();
        for (var i = 0; i < used.Length; i++)
        {
            solution[used[i]] = some[i];
        }

        return solution;
    }
}
