using System.Diagnostics.Metrics;
using Maestro.Telemetry.Gaia;
using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Server.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Maestro.Telemetry.Server.Fabrics;

internal static class GaiaExtensions
{
    extension(IServiceCollection services)
    {
        /// <summary>The Orchestrators' client; without Orchestrators, the fabric that the agents tell of themselves.</summary>
        public IServiceCollection AddGaia()
        {
            services.AddSection<GaiaSection>();
            services.AddSingleton(provider => new ApplianceCatalogue(
                provider.GetRequiredService<IOptions<GaiaSection>>().Value.ApplianceModels,
                provider.GetRequiredService<IOptions<GaiaSection>>().Value.ReferenceCores));
            services.TryAddSingleton<IFabricController>(provider =>
            {
                var options = provider.GetRequiredService<IOptions<GaiaSection>>().Value;
                return options.Orchestrators.Count == 0
                    ? provider.GetRequiredService<LearnedFabric>()
                    : GaiaFabricController.Create(
                        options,
                        provider.GetRequiredService<TimeProvider>(),
                        provider.GetRequiredService<ILoggerFactory>(),
                        provider.GetRequiredService<IMeterFactory>());
            });
            return services;
        }
    }
}
