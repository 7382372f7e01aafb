using Maestro.Telemetry.Server.Configuration;

namespace Maestro.Telemetry.Server.Polling;

internal static class PollingExtensions
{
    extension(IServiceCollection services)
    {
        /// <summary>Asks the groups that nothing is pushed from. After the ingest, so that it stops before that drains.</summary>
        public void AddPolling()
        {
            services.AddSection<PollingOptions>();
            services.AddSingleton<PollBoard>();
            services.AddSingleton<PollCounters>();
            services.AddSingleton<PolledMembers>();
            services.AddSingleton<PolledRows>();
            services.AddSingleton<PollerFactory>();
            services.AddHostedService<PollingService>();
        }
    }
}
