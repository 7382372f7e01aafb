using Maestro.Telemetry.Ports;

namespace Maestro.Telemetry.Server.Control;

/// <summary>
/// What the service cannot do now because of what it stands on, the store or the Orchestrators. Whoever asked is told
/// the reason and may ask again.
/// </summary>
internal static class Outages
{
    public static bool IsOutage(this Exception exception) =>
        exception is StoreUnavailableException or FabricControllerException;

    /// <summary>Answers 503 with the reason in place of a bare 500.</summary>
    public static void UseOutages(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        try
        {
            await next(context);
        }
        catch (Exception e) when (e.IsOutage() && !context.Response.HasStarted)
        {
            context.Response.Clear();
            await Results.Problem(e.Message, statusCode: StatusCodes.Status503ServiceUnavailable).ExecuteAsync(context);
        }
    });
}
