using Maestro.Telemetry.Forecasting;

namespace Maestro.Telemetry.Tests.Forecasting;

public sealed class FallbackChainTests
{
    [Fact]
    public void Fit_OfEnoughHistory_TakesTheFirstModel()
    {
        var result = FallbackChain.Default.Fit(LoadCurve.Series(LoadCurve.DaysAndWeeks(3)), CancellationToken.None);

        Assert.Equal((FitStatus.Fitted, "direct"), (result.Status, result.Model?.Name));
    }

    [Fact]
    public void Fit_OfThreeValues_FallsBackToNaiveAndSaysWhy()
    {
        var result = FallbackChain.Default.Fit(LoadCurve.Series([5, 6, 7]), CancellationToken.None);

        Assert.Equal((FitStatus.FellBack, "naive"), (result.Status, result.Model?.Name));
        Assert.Contains("direct was refused", result.Reason, StringComparison.Ordinal);
        Assert.Contains("seasonal-naive was refused", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_OfNothing_HasNoModel()
    {
        var result = FallbackChain.Default.Fit(LoadCurve.Series([]), CancellationToken.None);

        Assert.Equal(FitStatus.NoModel, result.Status);
        Assert.Null(result.Model);
    }

    [Fact]
    public void Fit_WhenTheBudgetIsUsedUp_TakesTheNextModelWithoutOne()
    {
        var spent = new CancellationToken(canceled: true);

        var result = FallbackChain.Default.Fit(
            LoadCurve.Series(LoadCurve.DaysAndWeeks(3)),
            spent,
            CancellationToken.None);

        Assert.Equal((FitStatus.FellBack, "direct-lite"), (result.Status, result.Model?.Name));
        Assert.Contains("refused: its time budget was used up", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_WhenCancelled_ThrowsWhateverTheBudget()
    {
        var cancelled = new CancellationToken(canceled: true);
        var series = LoadCurve.Series(LoadCurve.DaysAndWeeks(3));

        Assert.ThrowsAny<OperationCanceledException>(() => FallbackChain.Default.Fit(series, cancelled));
        Assert.ThrowsAny<OperationCanceledException>(() => FallbackChain.Default.Fit(series, cancelled, cancelled));
    }

    [Fact]
    public void Restore_OfAModelThatLeftTheChain_StillFindsIt()
    {
        var chain = new FallbackChain([]);
        var model = FallbackChain.Default.Fit(LoadCurve.Series([5, 6, 7]), CancellationToken.None).Model!;

        Assert.Equal("naive", chain.Restore(model.Name, model.ToJson()).Name);
    }

    [Fact]
    public void ByName_OfEveryName_IsThatModel() =>
        Assert.All(ForecastModels.Names, name => Assert.Equal(name, ForecastModels.ByName(name)?.Name));

    [Fact]
    public void Restore_ByName_FindsTheModel()
    {
        var model = FallbackChain.Default.Fit(LoadCurve.Series([5, 6, 7]), CancellationToken.None).Model!;

        Assert.Equal("naive", FallbackChain.Default.Restore(model.Name, model.ToJson()).Name);
        Assert.Throws<FormatException>(() => FallbackChain.Default.Restore("oracle", model.ToJson()));
    }
}
