using System.Runtime.CompilerServices;
using Maestro.Telemetry.Forecasting;
using Maestro.Telemetry.Forecasting.Batch;
using Maestro.Telemetry.Forecasting.Models;
using Maestro.Telemetry.Forecasting.Models.Theta;

namespace Maestro.Telemetry.Tests.Forecasting.Batch;

public sealed class BatchForecasterTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly FallbackChain Chain = new([new SeasonalNaiveModel(), new NaiveModel()]);

    [Fact]
    public async Task Run_ManySeries_AnswersInTheirOrder()
    {
        var results = await AllAsync(new() { Chain = Chain, Jobs = 3 }, [.. Enumerable.Range(0, 40).Select(Series)]);

        Assert.Equal(Enumerable.Range(0, 40).Select(i => $"s{i}"), results.Select(r => r.Id));
        Assert.All(results, r => Assert.Equal(12, r.Forecast!.Steps));
    }

    [Fact]
    public async Task Run_SeriesInAnotherOrder_ChangesNothingButTheOrder()
    {
        BatchSeries[] series = [.. Enumerable.Range(0, 20).Select(Series)];
        BatchSeries[] shuffled = [.. series.OrderBy(s => s.Id.GetHashCode(StringComparison.Ordinal))];

        var one = await AllAsync(new() { Chain = Chain, Jobs = 2 }, series);
        var other = (await AllAsync(new() { Chain = Chain, Jobs = 4 }, shuffled)).ToDictionary(r => r.Id);

        Assert.All(one, r => Assert.Equal(r.Forecast!.Marginal, other[r.Id].Forecast!.Marginal));
        Assert.All(one, r => Assert.Equal(r.Forecast!.PathMaximum, other[r.Id].Forecast!.PathMaximum));
    }

    [Fact]
    public async Task Run_SeriesThatAreNotOne_AreAnsweredWithTheReason()
    {
        var mismatched = Series(2).Series! with { Events = new bool[3] };

        var results = await AllAsync(
            new() { Chain = Chain },
            [new("unread", null, "line 7: values is missing"), Series(1), new("mismatched", mismatched), Empty("empty")]);

        Assert.Equal(
            [FitStatus.NoModel, FitStatus.Fitted, FitStatus.NoModel, FitStatus.NoModel],
            results.Select(r => r.Status));
        Assert.Equal("line 7: values is missing", results[0].Reason);
        Assert.Contains("Events", results[2].Reason, StringComparison.Ordinal);
        Assert.Contains("no known value", results[3].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_SeriesTooShortForTheFirstModel_FallsBack()
    {
        var result = Assert.Single(await AllAsync(
            new() { Chain = Chain },
            [new("short", new() { Values = new double[] { 1, 2, 3 }, Periods = [24], MaxHorizon = 4 })]));

        Assert.Equal((FitStatus.FellBack, NaiveModel.ModelName), (result.Status, result.Model));
    }

    [Fact]
    public async Task Run_BudgetUsedUp_LeavesTheSeriesToTheNextModel()
    {
        var options = new BatchOptions
        {
            Chain = new([new ThetaModel(), new NaiveModel()]),
            Budget = () =>
            {
                var spent = new CancellationTokenSource();
                spent.Cancel();
                return spent;
            },
        };

        var result = Assert.Single(await AllAsync(options, [Series(1)]));

        Assert.Equal((FitStatus.FellBack, NaiveModel.ModelName), (result.Status, result.Model));
        Assert.Contains("budget", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_ReadsNoFurtherThanTheWorkGoes()
    {
        var read = 0;
        await using var results = new BatchForecaster(new() { Chain = Chain, Jobs = 2 })
            .RunAsync(Endless(() => read++), null, CancellationToken.None).GetAsyncEnumerator();

        for (var i = 0; i < 50; i++)
        {
            Assert.True(await results.MoveNextAsync().AsTask().WaitAsync(Patience));
            Assert.InRange(read, i + 1, i + 20);
        }
    }

    [Fact]
    public async Task Run_CancelledWhileResultsWait_GivesNoneOfThem()
    {
        const int Taken = 5;
        using var stop = new CancellationTokenSource();
        var (read, done) = (0, 0);
        var ahead = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ConsumeAsync().WaitAsync(Patience));

        Assert.Equal(Taken, done);

        async Task ConsumeAsync()
        {
            await foreach (var _ in new BatchForecaster(new() { Chain = Chain, Jobs = 2 })
                .RunAsync(Endless(Count), null, stop.Token))
            {
                if (++done == Taken)
                {
                    await ahead.Task.WaitAsync(Patience);
                    await stop.CancelAsync();
                }
            }
        }

        void Count()
        {
            if (++read == Taken + 4)
            {
                ahead.SetResult();
            }
        }
    }

    [Fact]
    public async Task Run_InputThatFails_GivesWhatWasReadAndThenTheError()
    {
        var done = 0;

        await Assert.ThrowsAsync<IOException>(() => ConsumeAsync().WaitAsync(Patience));

        Assert.Equal(3, done);

        async Task ConsumeAsync()
        {
            await foreach (var _ in new BatchForecaster(new() { Chain = Chain }).RunAsync(Broken()))
            {
                done++;
            }
        }

        static async IAsyncEnumerable<BatchSeries> Broken()
        {
            for (var i = 0; i < 3; i++)
            {
                await Task.Yield();
                yield return Series(i);
            }

            throw new IOException("the disk is gone");
        }
    }

    [Fact]
    public async Task Run_TellsHowFarItIs()
    {
        var told = new Told();

        await AllAsync(new() { Chain = Chain }, [Series(1), Empty("empty"), Series(2)], told);

        Assert.Equal([new(1, 0, 0), new(2, 0, 1), new(3, 0, 1)], told.Reports);
    }

    private static BatchSeries Series(int seed) => new($"s{seed}", new()
    {
        Values = LoadCurve.WhiteNoise(200, seed + 1),
        Periods = [24],
        MaxHorizon = 12,
    });

    private static BatchSeries Empty(string id) => new(id, new() { Values = new[] { double.NaN }, MaxHorizon = 1 });

    private static async Task<List<BatchForecast>> AllAsync(
        BatchOptions options, BatchSeries[] series, IProgress<BatchProgress>? progress = null)
    {
        var results = new List<BatchForecast>();
        using var patience = new CancellationTokenSource(Patience);
        await foreach (var result in new BatchForecaster(options)
            .RunAsync(series.ToAsyncEnumerable(), progress, patience.Token))
        {
            results.Add(result);
        }

        return results;
    }

    private static async IAsyncEnumerable<BatchSeries> Endless(
        Action read, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        for (var i = 0; ; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
            read();
            yield return Series(i % 7);
        }
    }

    private sealed class Told : IProgress<BatchProgress>
    {
        public List<BatchProgress> Reports { get; } = [];

        public void Report(BatchProgress value) => Reports.Add(value);
    }
}
