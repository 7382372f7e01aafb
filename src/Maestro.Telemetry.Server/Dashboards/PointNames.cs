namespace Maestro.Telemetry.Server.Dashboards;

/// <summary>Measurements and tags that dashboards read; what is released never changes its name or its type.</summary>
internal static class PointNames
{
    /// <summary>A Security Group: size, wish, demand and capacity.</summary>
    public const string Group = "group";

    /// <summary>The demand of a group for one resource, with the capacity where it is known.</summary>
    public const string Demand = "demand";

    /// <summary>A site: SGMs, pool and Orchestrators.</summary>
    public const string Site = "site";

    /// <summary>The whole fabric: counts, problems and breaches.</summary>
    public const string Fabric = "fabric";

    /// <summary>An SGM: state and how old its newest sample is.</summary>
    public const string Member = "member";

    /// <summary>Something that keeps the server from its work.</summary>
    public const string Problem = "problem";

    /// <summary>Something against a rule of Maestro.</summary>
    public const string Finding = "finding";

    /// <summary>A decision of the autoscaler, at its time.</summary>
    public const string Decision = "decision";

    /// <summary>A command in the state that it has reached, at the time it did.</summary>
    public const string Command = "command";

    /// <summary>How a forecast model fares.</summary>
    public const string ForecastHealth = "forecast_health";

    /// <summary>The collector: rows by outcome since the start, streams, spool.</summary>
    public const string Collector = "collector";

    /// <summary>Rows refused since the start, by reason.</summary>
    public const string Refused = "collector_refused";

    public const string FabricTag = "fabric";
    public const string GroupTag = "security_group";
    public const string GroupNameTag = "group_name";
    public const string SiteTag = "site";
    public const string SerialTag = "serial";
    public const string ResourceTag = "resource";
}
