using Grpc.AspNetCore.Server;
using Maestro.Telemetry.Server.Configuration;
using Maestro.Telemetry.Server.Listening;

namespace Maestro.Telemetry.Server.Access;

/// <summary>Lets in whom an endpoint is for.</summary>
internal static class AccessExtensions
{
    // What only reads; every other method of the control service changes something.
    private static readonly HashSet<string> Reading = new(StringComparer.Ordinal)
    {
        "GetStatus", "WatchStatus", "GetForecast", "ListDecisions", "Explain", "Plan", "Check", "PlanUpgrade", "GetRunway",
        "ListCommands",
    };

    extension(IServiceCollection services)
    {
        public void AddAccess()
        {
            services.AddSection<AccessOptions>();
            services.AddSingleton<AccessPolicy>();

            // Credentials live in real time, also where the fabric's clock runs faster.
            services.AddSingleton(provider => new TokenBook(
                provider.GetRequiredService<IOptions<StorageOptions>>().Value.Directory, TimeProvider.System));
            services.AddSingleton(provider => new PasswordCheck(Options(provider).Users, TimeProvider.System));
            services.AddSingleton(provider => new SessionBook(Options(provider).SessionLifetime, TimeProvider.System));
            services.AddSingleton(provider => new CertificateBook(Options(provider).Certificates));
            services.AddSingleton(provider => new FailureThrottle(
                Options(provider).FailuresAllowed, Options(provider).FailureWindow, TimeProvider.System));
            services.AddSingleton<AccessAudit>();
            services.AddSingleton<Authenticator>();
            services.AddHostedService<AccessWatcher>();
        }
    }

    extension<TBuilder>(TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder
    {
        /// <summary>Takes this role.</summary>
        public TBuilder For(CallerRole role) => endpoint.WithMetadata(new AccessMetadata(role));

        /// <summary>Anybody may, also who says nothing.</summary>
        public TBuilder ForAnybody() => endpoint.WithMetadata(new AccessMetadata(null));

        /// <summary>Viewers may read, and operators may do the rest.</summary>
        public TBuilder ForViewersAndOperators()
        {
            endpoint.Add(builder => builder.Metadata.Add(new AccessMetadata(
                builder.Metadata.OfType<GrpcMethodMetadata>().Any(m => Reading.Contains(m.Method.Name))
                    ? CallerRole.Viewer
                    : CallerRole.Operator)));
            return endpoint;
        }
    }

    extension(IApplicationBuilder app)
    {
        public void UseAccess()
        {
            var gate = ActivatorUtilities.CreateInstance<AccessGate>(app.ApplicationServices);
            app.Use(gate.PassAsync);
        }
    }

    extension(HttpContext context)
    {
        /// <summary>The role that a request takes; null when anybody may.</summary>
        internal CallerRole? NeededRole
        {
            get
            {
                if (context.GetEndpoint() is not { } endpoint)
                {
                    // Nothing is there to be kept from anybody.
                    return null;
                }

                if (endpoint.Metadata.GetMetadata<AccessMetadata>() is { } stated)
                {
                    return stated.Role;
                }

                // What nobody has thought of is for few: receivers take samples, all else is the operators'.
                var surface = context.Features.Get<SurfaceFeature>()?.Surface ?? Surface.None;
                return (surface & (Surface.OtlpGrpc | Surface.Receiver)) != 0 ? CallerRole.Agent : CallerRole.Operator;
            }
        }
    }

    private static AccessOptions Options(IServiceProvider provider) =>
        provider.GetRequiredService<IOptions<AccessOptions>>().Value;
}
