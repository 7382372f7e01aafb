using Maestro.Telemetry.Scaling;

namespace Maestro.Telemetry.Server.Configuration;

/// <summary>How often the loop runs, and how long a change may take.</summary>
public sealed class AutoscalerOptions : ISection
{
    public static string SectionName => "Maestro:Autoscaler";

    /// <summary>False when something else starts the loop, after it has loaded history.</summary>
    /// <value>The default is true.</value>
    public bool AutoStart { get; set; } = true;

    /// <summary>Time between two plans.</summary>
    /// <value>The default is 1 minute; from 5 s to 15 minutes.</value>
    public TimeSpan EvaluateEvery { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>The longest time between two decision records of a group; one that says something new is written at once.</summary>
    /// <value>The default is 15 minutes; from 1 minute to 1 day.</value>
    public TimeSpan DecisionHeartbeat { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Time between two forecasts of a group.</summary>
    /// <value>The default is 5 minutes; from 1 to 30 minutes.</value>
    public TimeSpan ForecastEvery { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Time between two looks at the Orchestrators and at commands on their way.</summary>
    /// <value>The default is 15 s; from 1 s to 10 minutes.</value>
    public TimeSpan FollowUpEvery { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Time between two writings of what dashboards show, into a store that they read.</summary>
    /// <value>The default is 15 s; from 1 s to 10 min.</value>
    public TimeSpan DashboardEvery { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Time between two runs of retention.</summary>
    /// <value>The default is 1 hour; from 1 minute to 1 day.</value>
    public TimeSpan RetentionEvery { get; set; } = TimeSpan.FromHours(1);

    /// <summary>A model that is older than this is fitted anew.</summary>
    /// <value>The default is 6 hours; from 5 minutes to 7 days.</value>
    public TimeSpan RefitEvery { get; set; } = TimeSpan.FromHours(6);

    /// <summary>
    /// Share of one core that fitting anew may take. What is more overdue goes first; a series without a model is
    /// fitted at once.
    /// </summary>
    /// <value>The default is 0.25; from 0.01 to 1.</value>
    public double RefitShare { get; set; } = 0.25;

    /// <summary>A fit that takes longer is given up, and the old model or a simpler one is used.</summary>
    /// <value>The default is 30 s; from 1 s to 10 minutes.</value>
    public TimeSpan FitTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How far a forecast looks ahead.</summary>
    /// <value>The default is 6 hours; from 1 hour to 7 days, and no less than a group's lead and horizon.</value>
    public TimeSpan Horizon { get; set; } = TimeSpan.FromHours(6);

    /// <summary>History that a forecast learns from.</summary>
    /// <value>The default is 28 days; from 1 to 400 days.</value>
    public TimeSpan History { get; set; } = TimeSpan.FromDays(28);

    /// <summary>The IANA time zone whose clock demand follows when it is changed in spring and autumn.</summary>
    /// <value>The default is UTC, which is never changed.</value>
    public string Zone { get; set; } = "UTC";

    /// <summary>An SGM that does not serve so long after an apply has failed to join.</summary>
    /// <value>The default is 60 minutes; from 1 minute to 1 day.</value>
    public TimeSpan JoinTimeout { get; set; } = TimeSpan.FromMinutes(60);

    /// <summary>The interval in which agents are expected to send samples.</summary>
    /// <value>The default is 10 s; from 1 s to 10 minutes.</value>
    public TimeSpan SampleInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Changes of a group that may be made without asking within 24 hours; more are only proposed.</summary>
    /// <value>The default is 8; from 1 to 1000.</value>
    public int ChangesPerGroupDay { get; set; } = new ChangeBudget().PerGroup;

    /// <summary>The same for all groups on a site.</summary>
    /// <value>The default is 16; from 1 to 1000.</value>
    public int ChangesPerSiteDay { get; set; } = new ChangeBudget().PerSite;

    public ChangeBudget Budget => new(ChangesPerGroupDay, ChangesPerSiteDay);

    public void Check(SettingErrors errors)
    {
        errors.Range(
            nameof(EvaluateEvery),
            EvaluateEvery,
            TimeSpan.FromSeconds(5),
            TimeSpan.FromMinutes(15),
            "after a longer silence the planner begins stabilization anew, and would never remove an SGM");
        errors.Range(nameof(DecisionHeartbeat), DecisionHeartbeat, TimeSpan.FromMinutes(1), TimeSpan.FromDays(1));
        errors.Range(
            nameof(ForecastEvery),
            ForecastEvery,
            TimeSpan.FromMinutes(1),
            TimeSpan.FromMinutes(30),
            "the planner uses no forecast that is older");
        errors.Range(nameof(FollowUpEvery), FollowUpEvery, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10));
        errors.Range(nameof(DashboardEvery), DashboardEvery, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10));
        errors.Range(nameof(RetentionEvery), RetentionEvery, TimeSpan.FromMinutes(1), TimeSpan.FromDays(1));
        errors.Range(nameof(RefitEvery), RefitEvery, TimeSpan.FromMinutes(5), TimeSpan.FromDays(7));
        errors.Range(nameof(RefitShare), RefitShare, 0.01, 1);
        errors.Range(nameof(FitTimeout), FitTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10));
        errors.Range(nameof(Horizon), Horizon, TimeSpan.FromHours(1), TimeSpan.FromDays(7));
        errors.Range(nameof(History), History, TimeSpan.FromDays(1), TimeSpan.FromDays(400));
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(Zone, out _))
        {
            errors.Add(nameof(Zone), Zone, "it must be an IANA time zone, for example Europe/Berlin.");
        }

        errors.Range(nameof(ChangesPerGroupDay), ChangesPerGroupDay, 1, 1_000);
        errors.Range(nameof(ChangesPerSiteDay), ChangesPerSiteDay, 1, 1_000);
        errors.Range(nameof(JoinTimeout), JoinTimeout, TimeSpan.FromMinutes(1), TimeSpan.FromDays(1));
        errors.Range(nameof(SampleInterval), SampleInterval, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10));
    }
}
