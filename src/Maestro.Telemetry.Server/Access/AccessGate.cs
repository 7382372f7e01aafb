namespace Maestro.Telemetry.Server.Access;

/// <summary>The door of every surface: who calls, whether they may, and the end of what they do when that is over.</summary>
internal sealed class AccessGate(Authenticator authenticator, AccessAudit audit)
{
    public async Task PassAsync(HttpContext context, RequestDelegate next)
    {
        var needed = context.NeededRole;
        if (OriginCheck.IsForeign(context.Request))
        {
            await RefuseAsync(context, AccessOutcome.Out(RefusedBecause.ForeignOrigin), needed);
            return;
        }

        var outcome = await authenticator.AuthenticateAsync(context);
        if (outcome.Identity is not { } identity)
        {
            if (needed is not null)
            {
                await RefuseAsync(context, outcome, needed);
                return;
            }

            context.Caller = Caller.Nobody;
            await next(context);
            return;
        }

        if (needed is { } role && !identity.Caller.Roles.Contains(role))
        {
            await RefuseAsync(
                context, AccessOutcome.Out(RefusedBecause.Forbidden, identity.Caller.Name), needed);
            return;
        }

        await ServeAsync(context, identity, needed, next);
    }

    private async Task ServeAsync(HttpContext context, Identity identity, CallerRole? needed, RequestDelegate next)
    {
        context.Caller = identity.Caller;

        // A stream may last for days; what a revoked token has opened must not.
        await using var ended = identity.Ended.UnsafeRegister(
            static state => ((HttpContext)state!).Abort(), context);
        await next(context);
        if (needed is CallerRole.Operator && identity.Caller != Caller.Local)
        {
            audit.Acted(context, identity.Caller, Result(context.Response));
        }
    }

    private static string Result(HttpResponse response) =>
        response.Headers["grpc-status"] is [{ } status] && status != "0" ? $"gRPC status {status}" : $"{response.StatusCode}";

    private async Task RefuseAsync(HttpContext context, AccessOutcome outcome, CallerRole? needed)
    {
        var refusal = audit.Refuse(context, outcome, needed ?? default);
        if (GrpcAnswer.IsCall(context.Request))
        {
            await GrpcAnswer.WriteAsync(context, refusal);
        }
        else
        {
            await new ProblemAnswer(refusal, Challenge: true).ExecuteAsync(context);
        }
    }
}
