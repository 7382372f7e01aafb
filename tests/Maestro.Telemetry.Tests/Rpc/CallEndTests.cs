using Grpc.AspNetCore.Server.Internal;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Maestro.Telemetry.Tests.Rpc;

/// <summary>Deadlines, cancellation and stopping.</summary>
public sealed class CallEndTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Deadline_ThatHasPassed_FailsTheCallBeforeItIsSent()
    {
        await using var server = await EchoServer.StartAsync();
        server.Handlers.Unary = (_, _) => throw new InvalidOperationException("was called");
        var options = new CallOptions(deadline: TimeProvider.System.GetUtcNow().AddSeconds(-1).UtcDateTime);

        Assert.Equal(StatusCode.DeadlineExceeded, await UnaryFailsAsync(server, options));
    }

    [Fact]
    public async Task Deadline_NotInUtc_IsRefused()
    {
        await using var server = await EchoServer.StartAsync();
        var options = new CallOptions(deadline: new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Local));

        Assert.Throws<InvalidOperationException>(
            () => { _ = server.Invoker.AsyncUnaryCall(EchoService.UnaryMethod, null, options, "one"); });
    }

    [Fact]
    public async Task Deadline_OnTheServersClock_CancelsTheHandlerAndEndsTheCall()
    {
        await using var server = await EchoServer.StartAsync();
        var entered = new TaskCompletionSource<ServerCallContext>(TaskCreationOptions.RunContinuationsAsynchronously);
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        server.Handlers.Unary = async (request, context) =>
        {
            context.CancellationToken.Register(cancelled.SetResult);
            entered.SetResult(context);
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.CancellationToken);
            return request;
        };
        // The client's clock is the system's, an hour ahead of its patience; the server's is moved by hand.
        var options = new CallOptions(deadline: TimeProvider.System.GetUtcNow().AddHours(1).UtcDateTime);
        var call = server.Invoker.AsyncUnaryCall(EchoService.UnaryMethod, null, options, "one");
        var context = await entered.Task.WaitAsync(Limit);
        var left = context.Deadline - server.Time.GetUtcNow().UtcDateTime;
        Assert.InRange(left, TimeSpan.FromMinutes(59), TimeSpan.FromHours(1));

        server.Time.Advance(TimeSpan.FromHours(1));

        await cancelled.Task.WaitAsync(Limit);
        var failure = await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync.WaitAsync(Limit));
        Assert.Equal(StatusCode.DeadlineExceeded, failure.StatusCode);
    }

    [Fact]
    public void Clock_OfTheServer_IsTheSystemsAndNotTheApplications()
    {
        var services = new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(new ManualTime());
        services.AddGrpc();
        using var provider = services.BuildServiceProvider();

        Assert.Same(TimeProvider.System, CallSettings.For<EchoService>(provider).Time);
    }

    [Fact]
    public async Task Deadline_OnTheClientsClock_EndsTheCall()
    {
        var time = new ManualTime();
        await using var server = await EchoServer.StartAsync(
            configureChannel: options => options.ServiceProvider = new OneService(time));
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        server.Handlers.Unary = async (request, context) =>
        {
            entered.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.CancellationToken);
            return request;
        };
        var options = new CallOptions(deadline: time.GetUtcNow().AddSeconds(10).UtcDateTime);
        var call = server.Invoker.AsyncUnaryCall(EchoService.UnaryMethod, null, options, "one");
        await entered.Task.WaitAsync(Limit);

        time.Advance(TimeSpan.FromSeconds(10));

        var failure = await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync.WaitAsync(Limit));
        Assert.Equal(StatusCode.DeadlineExceeded, failure.StatusCode);
        Assert.Equal(StatusCode.DeadlineExceeded, call.GetStatus().StatusCode);
    }

    [Fact]
    public async Task Cancellation_ByTheClient_ReachesTheHandler()
    {
        await using var server = await EchoServer.StartAsync();
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        server.Handlers.Duplex = async (_, _, context) =>
        {
            context.CancellationToken.Register(() => cancelled.TrySetResult());
            entered.SetResult();
            await cancelled.Task;
        };
        using var cancellation = new CancellationTokenSource();
        using var call = server.Invoker.AsyncDuplexStreamingCall(
            EchoService.DuplexMethod, null, new CallOptions(cancellationToken: cancellation.Token));
        await entered.Task.WaitAsync(Limit);

        await cancellation.CancelAsync();

        var failure = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext().WaitAsync(Limit));
        Assert.Equal(StatusCode.Cancelled, failure.StatusCode);
        await cancelled.Task.WaitAsync(Limit);
    }

    [Fact]
    public async Task Dispose_OfACall_CancelsIt()
    {
        await using var server = await EchoServer.StartAsync();
        var call = server.Invoker.AsyncDuplexStreamingCall(EchoService.DuplexMethod, null, default);
        await call.RequestStream.WriteAsync("one");

        call.Dispose();

        Assert.Equal(StatusCode.Cancelled, call.GetStatus().StatusCode);
        await Assert.ThrowsAsync<RpcException>(() => call.RequestStream.WriteAsync("two"));
    }

    [Fact]
    public async Task Stopping_EndsOpenStreamsWithUnavailable()
    {
        await using var server = await EchoServer.StartAsync();
        server.Handlers.Duplex = async (requests, responses, context) =>
        {
            await foreach (var request in requests.ReadAllAsync(context.CancellationToken))
            {
                await responses.WriteAsync(request);
            }
        };
        using var call = await OpenAsync(server);

        server.BeginStop();

        await EndsUnavailableAsync(call);
    }

    [Fact]
    public async Task Stopping_LetsAHandlerSayItsLastWord()
    {
        await using var server = await EchoServer.StartAsync();
        server.Handlers.Duplex = async (requests, responses, context) =>
        {
            try
            {
                await foreach (var request in requests.ReadAllAsync(context.CancellationToken))
                {
                    await responses.WriteAsync(request);
                }
            }
            catch (OperationCanceledException)
            {
                await responses.WriteAsync("goodbye");
                throw;
            }
        };
        using var call = await OpenAsync(server);

        server.BeginStop();

        Assert.True(await call.ResponseStream.MoveNext().WaitAsync(Limit));
        Assert.Equal("goodbye", call.ResponseStream.Current);
        await EndsUnavailableAsync(call);
    }

    [Fact]
    public async Task Stopping_WithAHandlerThatDoesNotListen_EndsItsStreamAfterTheGrace()
    {
        await using var server = await EchoServer.StartAsync();
        using var call = await OpenAsync(server);

        server.BeginStop();

        var end = EndsUnavailableAsync(call);
        while (!end.IsCompleted)
        {
            // The grace is counted from when the stop is noticed, which is on another thread.
            server.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await end;
    }

    private static async Task<StatusCode> UnaryFailsAsync(EchoServer server, CallOptions options) =>
        (await Assert.ThrowsAsync<RpcException>(() => server.UnaryAsync("one", options))).StatusCode;

    private static async Task<AsyncDuplexStreamingCall<string, string>> OpenAsync(EchoServer server)
    {
        var call = server.Invoker.AsyncDuplexStreamingCall(EchoService.DuplexMethod, null, default);
        await call.RequestStream.WriteAsync("hello");
        Assert.True(await call.ResponseStream.MoveNext().WaitAsync(Limit));
        return call;
    }

    private static async Task EndsUnavailableAsync(AsyncDuplexStreamingCall<string, string> call)
    {
        var failure = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext().WaitAsync(Limit));
        Assert.Equal(StatusCode.Unavailable, failure.StatusCode);
    }

    private sealed class OneService(TimeProvider time) : IServiceProvider
    {
        public object? GetService(Type serviceType) => serviceType == typeof(TimeProvider) ? time : null;
    }
}
