namespace Maestro.Telemetry.Server.Access;

/// <summary>What a caller that is not let in is told.</summary>
/// <param name="HttpCode">401, 403 or 429.</param>
/// <param name="GrpcCode">UNAUTHENTICATED, PERMISSION_DENIED or RESOURCE_EXHAUSTED.</param>
/// <param name="Sentence">What is wrong, and what to do.</param>
/// <param name="RetryAfter">In whole seconds; 0 for none.</param>
internal sealed record AccessRefusal(int HttpCode, Grpc.Core.StatusCode GrpcCode, string Sentence, int RetryAfter)
{
    public static AccessRefusal Of(AccessOutcome outcome, CallerRole needed = default)
    {
        var after = (int)Math.Ceiling(outcome.RetryAfter.TotalSeconds);
        return outcome.Reason switch
        {
            RefusedBecause.Throttled => new(
                StatusCodes.Status429TooManyRequests,
                Grpc.Core.StatusCode.ResourceExhausted,
                $"Too many log-ins from this address have failed; come back in {after} s.",
                after),
            RefusedBecause.Forbidden => new(
                StatusCodes.Status403Forbidden,
                Grpc.Core.StatusCode.PermissionDenied,
                $"{outcome.Claimed} may not do this; it takes the role {needed}. Use another token, "
                    + "or make one with `maestro token create`.",
                0),
            RefusedBecause.ForeignOrigin => new(
                StatusCodes.Status403Forbidden,
                Grpc.Core.StatusCode.PermissionDenied,
                "A page from elsewhere has sent this request; only pages of this server may.",
                0),
            var reason => new(
                StatusCodes.Status401Unauthorized, Grpc.Core.StatusCode.Unauthenticated, Sentence401(reason), 0),
        };
    }

    private static string Sentence401(RefusedBecause reason) => reason switch
    {
        RefusedBecause.NoCredentials =>
            "Say who you are: send a token as `Authorization: Bearer mst_…`; `maestro token create` makes one.",
        RefusedBecause.Malformed =>
            "The Authorization header cannot be read; send `Bearer` and a token, or `Basic` and a name with its secret.",
        RefusedBecause.UnknownCertificate =>
            "The client certificate stands for nobody; name its subject in Maestro:Access:Certificates.",
        RefusedBecause.WrongPassword => "Name or secret is wrong.",
        RefusedBecause.WrongName => "The token is not of this name; give the name it was made for.",
        _ => "The token is not known, revoked, or over; `maestro token list` shows which there are.",
    };
}
