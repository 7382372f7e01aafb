using Maestro.Telemetry.Server.Configuration;
using Maestro.Telemetry.Server.Dashboards;
using Maestro.Telemetry.Server.Forecasting;
using Maestro.Telemetry.Server.Ingest;
using Quartz;

namespace Maestro.Telemetry.Server.Autoscaling;

internal static class ScheduleExtensions
{
    extension(IServiceCollection services)
    {
        /// <summary>The loop's jobs. They run by the fabric's clock, which a simulation lets run faster.</summary>
        public IServiceCollection AddSchedule(IConfiguration configuration)
        {
            var options = ReadOrDefault(configuration.GetSection(AutoscalerOptions.SectionName));
            services.AddQuartz(quartz =>
            {
                quartz.ConfigureScheduler(o => o.InstanceName = "maestro");
                Add<FollowUpJob>("follow-up", options.FollowUpEvery);
                Add<ForecastJob>("forecast", options.ForecastEvery);
                Add<EvaluateJob>("evaluate", options.EvaluateEvery);
                Add<RetentionJob>("retention", options.RetentionEvery);
                Add<DashboardJob>("dashboards", options.DashboardEvery);

                void Add<TJob>(string name, TimeSpan interval)
                    where TJob : class, IJob => quartz.ScheduleJob<TJob>(
                        trigger => trigger.WithIdentity(name).StartNow().WithSimpleSchedule(interval),
                        job => job.WithIdentity(name));
            });
            return services.AddQuartzHostedService(o =>
            {
                o.WaitForJobsToComplete = true;
                o.AutoStart = options.AutoStart;
            });
        }
    }

    // What cannot be used is told by the configuration check, before anything of this runs.
    private static AutoscalerOptions ReadOrDefault(IConfigurationSection section)
    {
        try
        {
            var options = section.Get<AutoscalerOptions>() ?? new AutoscalerOptions();
            var errors = new SettingErrors(AutoscalerOptions.SectionName);
            options.Check(errors);
            return errors.All.Count == 0 ? options : new AutoscalerOptions();
        }
        catch (InvalidOperationException)
        {
            return new AutoscalerOptions();
        }
    }
}
