using Grpc.AspNetCore.Server;
using Grpc.AspNetCore.Server.Internal;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Maestro.Telemetry.Tests.Rpc;

/// <summary>The echo service in memory, with a channel to it.</summary>
internal sealed class EchoServer : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly WebApplication _app;

    private EchoServer(WebApplication app, ManualTime time, GrpcChannel channel, EchoHandlers handlers)
    {
        _app = app;
        Time = time;
        Channel = channel;
        Handlers = handlers;
    }

    /// <summary>The server's clock; the client keeps to the system's unless told otherwise.</summary>
    public ManualTime Time { get; }

    public GrpcChannel Channel { get; }

    public EchoHandlers Handlers { get; }

    public CallInvoker Invoker => Channel.CreateCallInvoker();

    public HttpMessageInvoker Http => new(_app.GetTestServer().CreateHandler());

    public static async Task<EchoServer> StartAsync(
        Action<GrpcServiceOptions>? configure = null, Action<GrpcChannelOptions>? configureChannel = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseTestServer();
        var time = new ManualTime();
        var handlers = new EchoHandlers();
        builder.Services.AddKeyedSingleton<TimeProvider>(CallSettings.ClockKey, time).AddSingleton(handlers);
        builder.Services.AddGrpc(options => configure?.Invoke(options));
        var app = builder.Build();
        app.Use((context, next) =>
        {
            // In memory a reset overtakes the trailers written before it, which on a connection it does not.
            context.Features.Set<IHttpResetFeature>(null);
            return next(context);
        });
        app.MapGrpcService<EchoService>();
        await app.StartAsync();
        var options = new GrpcChannelOptions { HttpHandler = app.GetTestServer().CreateHandler() };
        configureChannel?.Invoke(options);
        return new EchoServer(app, time, GrpcChannel.ForAddress("http://localhost", options), handlers);
    }

    public Task<string> UnaryAsync(string request, CallOptions options = default) =>
        Invoker.AsyncUnaryCall(EchoService.UnaryMethod, null, options, request).ResponseAsync.WaitAsync(Limit);

    /// <summary>Tells the server to stop, without waiting for it.</summary>
    public void BeginStop() => _app.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();

    public async ValueTask DisposeAsync()
    {
        Channel.Dispose();
        await _app.DisposeAsync();
    }
}
