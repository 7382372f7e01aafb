using System.IO.Compression;
using Grpc.Net.Compression;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Grpc.AspNetCore.Server.Internal;

/// <summary>What the calls of one service have in common, read from the options once.</summary>
internal sealed class CallSettings
{
    /// <summary>
    /// The key under which a test registers the clock of deadlines and of the grace at a stop. The application's own
    /// <see cref="TimeProvider"/> is not asked: it may run faster than the clients' deadlines do.
    /// </summary>
    public const string ClockKey = "Grpc.AspNetCore.Server.Clock";

    public required int? MaxReceiveMessageSize { get; init; }

    public required int? MaxSendMessageSize { get; init; }

    public required bool EnableDetailedErrors { get; init; }

    public required string? ResponseEncoding { get; init; }

    public required CompressionLevel? ResponseLevel { get; init; }

    public required IReadOnlyList<ICompressionProvider> Compression { get; init; }

    public required IReadOnlyList<InterceptorRegistration> Interceptors { get; init; }

    public required TimeProvider Time { get; init; }

    /// <summary>Fires when the server begins to stop.</summary>
    public required CancellationToken Stopping { get; init; }

    public required ILogger Logger { get; init; }

    public static CallSettings For<TService>(IServiceProvider services)
        where TService : class
    {
        var options = services.GetServices<IConfigureOptions<GrpcServiceOptions<TService>>>().Any()
            ? services.GetRequiredService<IOptions<GrpcServiceOptions<TService>>>().Value
            : services.GetRequiredService<IOptions<GrpcServiceOptions>>().Value;
        return new CallSettings
        {
            MaxReceiveMessageSize = options.MaxReceiveMessageSize,
            MaxSendMessageSize = options.MaxSendMessageSize,
            EnableDetailedErrors = options.EnableDetailedErrors ?? false,
            ResponseEncoding = options.ResponseCompressionAlgorithm,
            ResponseLevel = options.ResponseCompressionLevel,
            Compression = [.. options.CompressionProviders],
            Interceptors = [.. options.Interceptors],
            Time = services.GetKeyedService<TimeProvider>(ClockKey) ?? TimeProvider.System,
            Stopping = services.GetService<IHostApplicationLifetime>()?.ApplicationStopping ?? CancellationToken.None,
            Logger = services.GetRequiredService<ILoggerFactory>().CreateLogger("Grpc.AspNetCore.Server"),
        };
    }
}
