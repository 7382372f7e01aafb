using System.Diagnostics.Metrics;
using Maestro.Telemetry.Forecasting;
using Maestro.Telemetry.Forecasts;
using Maestro.Telemetry.Series;
using Maestro.Telemetry.Server.Autoscaling;
using Maestro.Telemetry.Server.Configuration;
using Maestro.Telemetry.Server.Fabrics;
using Maestro.Telemetry.Server.Forecasting;
using Maestro.Telemetry.Server.Ingest;
using Maestro.Telemetry.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Maestro.Telemetry.Tests.Service;

/// <summary>The forecast service of one group with one SGM, over stores in memory.</summary>
internal sealed class ForecastingUnderTest : IDisposable
{
    private readonly DemandBoard _demand;
    private readonly ForecastService _service;
    private readonly MeterListener _listener = new();
    private readonly List<(string Name, double Value, string Tags)> _measured = [];

    public ForecastingUnderTest(
        ManualTimeProvider time,
        FakeStore store,
        FakeModelStore models,
        Action<AutoscalerOptions>? configure = null,
        Func<ManualTimeProvider, FallbackChain>? chain = null,
        PlanBoard? board = null,
        params string[] serials)
    {
        var fabric = new FabricState(time);
        fabric.Set(Given.Fabric(Given.Noon, [.. serials.DefaultIfEmpty("S1").Select(s => Given.Gateway(s, 1))]));
        var settings = new AutoscalerOptions { History = TimeSpan.FromDays(3) };
        configure?.Invoke(settings);
        var options = Options.Create(settings);
        Board = board ?? new();
        var meters = Given.Meters();
        Listen(meters);
        Counters = new ForecastCounters(meters);
        Members = new MemberLoads(fabric, Latest, Board);
        _demand = new DemandBoard(store, fabric, options, time);
        var fitter = new ModelFitter(Counters, Board, options, time, NullLogger<ModelFitter>.Instance)
        {
            Clock = time,
            Chain = chain?.Invoke(time) ?? FallbackChain.Default,
        };
        _service = new ForecastService(
            _demand,
            fitter,
            new ModelKeeper(models, _demand, fitter, Counters, NullLogger<ModelKeeper>.Instance),
            Members,
            Counters,
            Board,
            new PolicyCatalogue(Options.Create(new FabricOptions { Groups = { new GroupOptions { Id = 1 } } })),
            store,
            options,
            time,
            NullLogger<ForecastService>.Instance);
    }

    public PlanBoard Board { get; }

    public ForecastCounters Counters { get; }

    public LatestBoard Latest { get; } = new();

    public MemberLoads Members { get; }

    public DemandForecast Forecast => Board.ForecastOf(new(1), Resource.CpuWork)!;

    public Task RunAsync() => _service.RunAsync(default).WaitAsync(Given.Patience);

    /// <summary>The sum of a counter, of measurements with a tag of this value when one is given.</summary>
    public double Count(string name, string tag = "") => _measured
        .Where(m => m.Name == name && m.Tags.Contains($"={tag}", StringComparison.Ordinal)).Sum(m => m.Value);

    /// <summary>What a gauge shows now.</summary>
    public double Gauge(string name)
    {
        _measured.RemoveAll(m => m.Name == name);
        _listener.RecordObservableInstruments();
        return _measured.Single(m => m.Name == name).Value;
    }

    public void Dispose()
    {
        _listener.Dispose();
        _service.Dispose();
        _demand.Dispose();
    }

    private void Listen(IMeterFactory meters)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Scope == meters)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((i, value, tags, _) => Note(i, value, tags));
        _listener.SetMeasurementEventCallback<int>((i, value, tags, _) => Note(i, value, tags));
        _listener.SetMeasurementEventCallback<double>((i, value, tags, _) => Note(i, value, tags));
        _listener.Start();
    }

    private void Note(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        _measured.Add((instrument.Name, value, string.Concat(tags.ToArray().Select(tag => $"{tag.Key}={tag.Value};"))));
}
