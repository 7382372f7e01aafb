using Maestro.Telemetry.Server.Configuration;
using Maestro.Telemetry.Server.Forecasting;
using Maestro.Telemetry.Server.Ingest;
using Quartz;

namespace Maestro.Telemetry.Server.Autoscaling;

internal static class ScheduleExtensions
{
    extension(IServiceCollection services)
    {
        /// <summary>The loop's jobs. They run by the fabric's clock, which a simulation lets run faster.</summary>
        public IServiceCollection AddSchedule(AutoscalerOptions options)
        {
            services.AddQuartz(quartz =>
            {
                quartz.ConfigureScheduler(o => o.InstanceName = "maestro");
                Add<FollowUpJob>("follow-up", options.FollowUpEvery);
                Add<ForecastJob>("forecast", options.ForecastEvery);
                Add<EvaluateJob>("evaluate", options.EvaluateEvery);
                Add<RetentionJob>("retention", options.RetentionEvery);

                void Add<TJob>(string name, TimeSpan interval)
                    where TJob : class, IJob => quartz.ScheduleJob<TJob>(
                        trigger => trigger.WithIdentity(name).StartNow().WithSimpleSchedule(interval),
                        job => job.WithIdentity(name));
            });
            return services.AddQuartzHostedService(o => o.WaitForJobsToComplete = true);
        }
    }
}
