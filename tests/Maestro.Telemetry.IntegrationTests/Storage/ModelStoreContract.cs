using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Series;

namespace Maestro.Telemetry.IntegrationTests.Storage;

/// <summary>What every model store does. A backend is tested by a class that opens it.</summary>
public abstract class ModelStoreContract : IAsyncLifetime
{
    private static readonly DateTimeOffset At = new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero).AddTicks(7);
    private static readonly SecurityGroupId One = new(1);

    private IModelStore _store = null!;

    protected abstract IModelStore Open();

    public Task InitializeAsync()
    {
        _store = Open();
        return Task.CompletedTask;
    }

    public virtual async Task DisposeAsync() => await _store.DisposeAsync();

    [Fact]
    public async Task Model_IsGivenBackAsSaved()
    {
        await _store.SaveAsync(Model(), default);

        Assert.Equal(Model(), await _store.LoadAsync(One, Resource.CpuWork, default));
    }

    [Fact]
    public async Task Model_TakesThePlaceOfTheOneBefore()
    {
        await _store.SaveAsync(Model(), default);
        await _store.SaveAsync(Model() with { State = "{\"Newer\":true}", FittedAt = At.AddHours(6) }, default);

        var loaded = await _store.LoadAsync(One, Resource.CpuWork, default);

        Assert.Equal(("{\"Newer\":true}", At.AddHours(6)), (loaded!.State, loaded.FittedAt));
    }

    [Fact]
    public async Task Models_OfOtherGroupsAndResources_AreOthers()
    {
        await _store.SaveAsync(Model() with { Group = new(2), State = "2" }, default);
        await _store.SaveAsync(Model() with { Resource = Resource.BitsPerSecond, State = "bits" }, default);

        Assert.Null(await _store.LoadAsync(One, Resource.CpuWork, default));
        Assert.Equal("2", (await _store.LoadAsync(new(2), Resource.CpuWork, default))!.State);
        Assert.Equal("bits", (await _store.LoadAsync(One, Resource.BitsPerSecond, default))!.State);
    }

    [Fact]
    public async Task Delete_ForgetsOneModel()
    {
        await _store.SaveAsync(Model(), default);
        await _store.SaveAsync(Model() with { Group = new(2) }, default);

        Assert.True(await _store.DeleteAsync(One, Resource.CpuWork, default));
        Assert.False(await _store.DeleteAsync(One, Resource.CpuWork, default));
        Assert.Null(await _store.LoadAsync(One, Resource.CpuWork, default));
        Assert.NotNull(await _store.LoadAsync(new(2), Resource.CpuWork, default));
    }

    [Fact]
    public async Task Reopened_HasTheModel()
    {
        await _store.SaveAsync(Model(), default);
        await _store.DisposeAsync();
        _store = Open();

        Assert.Equal(Model(), await _store.LoadAsync(One, Resource.CpuWork, default));
    }

    private static SavedModel Model() => new()
    {
        Group = One,
        Resource = Resource.CpuWork,
        Format = 1,
        Model = "direct",
        FittedAt = At,
        Next = At.AddMinutes(5),
        Step = TimeSpan.FromMinutes(5),
        Weights = "S1=1;S2=2.5",
        State = "{\"Level\":1.7976931348623157E+308,\"Näme\":\"'\\u0000\"}",
    };
}
