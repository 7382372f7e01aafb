using Maestro.Telemetry.Server.Access;
using Maestro.Telemetry.Server.Configuration;

namespace Maestro.Telemetry.Server.Doctor;

/// <summary>Whether callers have to say who they are, and the tokens that let them in.</summary>
internal sealed class AccessExamination(
    AccessPolicy policy, IOptions<AccessOptions> access, IOptions<StorageOptions> storage) : IExamination
{
    private const int SoonDays = 14;

    public string Area => "access";

    public Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken)
    {
        var file = new TokenFile(storage.Value.Directory, TimeProvider.System);
        var findings = new List<Finding>
        {
            new(Area, Verdict.Ok, policy.Required
                ? "Every caller has to say who it is."
                : "Callers on this machine need not say who they are; nobody else can reach the server."),
        };
        try
        {
            findings.AddRange(Examine(file.Read(), file.Path));
        }
        catch (TokenFileException e)
        {
            findings.Add(new(Area, Verdict.Failed, e.Message, "The message says what to do."));
        }

        if (OwnFile.OpenToOthers(file.Path) is { } mode)
        {
            findings.Add(new(
                Area, Verdict.Warning, $"{file.Path} is open to others than its owner ({mode}).", $"chmod 600 {file.Path}"));
        }

        return Task.FromResult<IReadOnlyList<Finding>>(findings);
    }

    private IEnumerable<Finding> Examine(IReadOnlyList<AccessToken> tokens, string path)
    {
        var now = TimeProvider.System.GetUtcNow();
        var active = tokens.Where(t => t.StateAt(now) is TokenState.Active).ToList();
        var others = access.Value.Users.Count + access.Value.Certificates.Count;
        yield return active.Count + others == 0 && policy.Required
            ? new(Area, Verdict.Failed, $"Nobody can log in: there is no active token in {path}, no user and no certificate.",
                "maestro token create NAME --role viewer")
            : new(Area, Verdict.Ok, $"{active.Count} active tokens, {access.Value.Users.Count} users, "
                + $"{access.Value.Certificates.Count} certificates.");
        foreach (var token in active.Where(t => t.Expires - now < TimeSpan.FromDays(SoonDays)))
        {
            yield return new(
                Area, Verdict.Warning, $"Token {token.Id} of {token.Name} ends at {token.Expires:u}.",
                $"Make another one of the same name, give it to {token.Name}, and revoke {token.Id}.");
        }
    }
}
