using Maestro.Telemetry.Server.Configuration;
using Maestro.Telemetry.Server.Listening;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Quartz;

namespace Maestro.Telemetry.Server;

/// <summary>Builds, checks and starts the service for whoever hosts it: the command line, the demo, a test.</summary>
public sealed class MaestroHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private MaestroHost(WebApplication app) => _app = app;

    public IServiceProvider Services => _app.Services;

    /// <summary>Where gRPC is served, once started.</summary>
    public Uri GrpcAddress => AddressOf(Surface.Native)!;

    /// <summary>Where the console is served, once started.</summary>
    public Uri ConsoleAddress => AddressOf(Surface.Console)!;

    /// <summary>Where OTLP is received over gRPC, once started; null when it is not.</summary>
    public Uri? OtlpGrpcAddress => AddressOf(Surface.OtlpGrpc);

    /// <summary>Where OTLP and remote write are received over HTTP, once started; null when they are not.</summary>
    public Uri? ReceiverAddress => AddressOf(Surface.Receiver);

    /// <summary>True when a part that runs in the background has failed for good; that stops the service.</summary>
    public bool Faulted =>
        Services.GetServices<IHostedService>().OfType<BackgroundService>().Any(s => s.ExecuteTask is { IsFaulted: true });

    // The server tells its addresses in the order that they were opened in.
    private Uri? AddressOf(Surface surface)
    {
        var configured = Services.GetRequiredService<IOptions<ServerOptions>>().Value.Addresses;
        var bound = Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        return configured.Zip(bound)
            .Where(pair => pair.First.Surface == surface)
            .Select(pair => new Uri(pair.Second))
            .FirstOrDefault();
    }

    /// <summary>Builds the service; nothing runs and nothing is opened yet.</summary>
    /// <param name="configure">Where settings come from.</param>
    /// <param name="logging">Where log lines go.</param>
    /// <param name="replace">What is to be used instead of the defaults, for example a clock.</param>
    public static MaestroHost Build(
        Action<IConfigurationBuilder> configure,
        Action<ILoggingBuilder> logging,
        Action<IServiceCollection>? replace = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        configure(builder.Configuration);
        builder.Logging.AddConfiguration(builder.Configuration.GetSection("Logging"));
        logging(builder.Logging);
        // What arrives is read on the thread that was told of it: a sample crosses one thread less. Nothing of ours holds
        // such a thread for long; what it held would be its own connection only.
        builder.WebHost.UseKestrelCore().UseSockets(sockets => sockets.UnsafePreferInlineScheduling = true);
        builder.Services.AddRouting();
        replace?.Invoke(builder.Services);
        builder.AddMaestroServer();
        var app = builder.Build();
        return new MaestroHost(app);
    }

    /// <summary>All that is wrong with the configuration; empty when it can be used.</summary>
    public IReadOnlyList<string> CheckConfiguration() => Services.GetRequiredService<ConfigurationCheck>().Run(Services);

    /// <summary>Opens the store, reads the fabric, listens, and starts the loop unless that is left to the caller.</summary>
    /// <exception cref="Ports.StoreUnavailableException">The store cannot be opened; the message says what to do.</exception>
    /// <exception cref="IOException">An address is in use.</exception>
    /// <exception cref="OptionsValidationException">The configuration cannot be used; nothing was opened.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (CheckConfiguration() is [_, ..] errors)
        {
            throw new OptionsValidationException("Maestro", typeof(MaestroHost), errors);
        }

        _app.MapMaestroServer();
        await _app.StartAsync(cancellationToken);
    }

    /// <summary>Starts the loop when the configuration leaves that to the caller.</summary>
    public async Task StartLoopAsync(CancellationToken cancellationToken)
    {
        var scheduler = await Services.GetRequiredService<ISchedulerFactory>().GetScheduler(cancellationToken);
        await scheduler.Start(cancellationToken);
    }

    /// <summary>Ends the loop and waits for what of it is running; everything else goes on.</summary>
    public async Task StopLoopAsync(CancellationToken cancellationToken)
    {
        var scheduler = await Services.GetRequiredService<ISchedulerFactory>().GetScheduler(cancellationToken);
        await scheduler.Shutdown(waitForJobsToComplete: true, cancellationToken);
    }

    /// <summary>Until somebody or something stops the service; <see cref="Faulted"/> says whether that was a failure.</summary>
    public Task WaitForShutdownAsync(CancellationToken cancellationToken) => _app.WaitForShutdownAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => _app.StopAsync(cancellationToken);

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
