using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Maestro.Telemetry.Server.Configuration;

internal static class ConfigurationExtensions
{
    extension(IServiceCollection services)
    {
        public IServiceCollection AddSection<T>()
            where T : class, ISection, new()
        {
            services.AddOptions<T>().BindConfiguration(T.SectionName, o => o.ErrorOnUnknownConfiguration = true);
            services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<T>, SectionValidator<T>>());
            services.GetConfigurationCheck().Add<T>();
            return services;
        }

        private ConfigurationCheck GetConfigurationCheck()
        {
            if (services.FirstOrDefault(s => s.ServiceType == typeof(ConfigurationCheck))?.ImplementationInstance
                is ConfigurationCheck known)
            {
                return known;
            }

            var check = new ConfigurationCheck();
            services.AddSingleton(check);
            return check;
        }
    }
}
