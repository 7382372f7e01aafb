using System.Net;
using System.Text.Json;
using Maestro.Telemetry.Gaia.Contracts;

namespace Maestro.Telemetry.Gaia;

/// <summary>Tells success from the ways an Orchestrator, or something before it, says no.</summary>
internal static class GaiaReplyReader
{
    public static GaiaReply Interpret(
        string orchestrator,
        GaiaCommand command,
        HttpResponseMessage response,
        ReadOnlyMemory<byte> content,
        string? sid,
        string[] secrets)
    {
        var status = (int)response.StatusCode;
        var said = $"{orchestrator} answered {command} with HTTP {status}";
        if (response.IsSuccessStatusCode)
        {
            return IsJsonObject(content.Span)
                ? new(orchestrator, command, content)
                : throw new GaiaProtocolException($"{said} and {Kind(response)} instead of JSON.", command.Changes);
        }

        var error = IsJsonObject(content.Span) ? TryReadError(content.Span) : null;
        if (status == 500 && error is not null && command.Changes)
        {
            // The Orchestrator itself tried and failed: a no with words, and only the topology tells how far it came.
            throw Refused(mayHaveHappened: true);
        }

        if (response.StatusCode is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests || status >= 500)
        {
            // Of these only 429 says that nothing was done.
            var mayHaveHappened = command.Changes && response.StatusCode != HttpStatusCode.TooManyRequests;
            throw new GaiaUnavailableException(
                $"{said}{(error is null ? $" and {Kind(response)}" : "")}{Words(error, sid, secrets)}.",
                status,
                mayHaveHappened);
        }

        // A session that was refused did nothing, whatever the command was.
        if (sid is not null && (response.StatusCode == HttpStatusCode.Unauthorized || SaysSessionExpired(error)))
        {
            throw new GaiaAuthenticationException(
                $"{said}: the session has expired{Words(error, sid, secrets)}.", sessionExpired: true);
        }

        if (error is null)
        {
            throw new GaiaProtocolException($"{said} and {Kind(response)} instead of JSON.");
        }

        throw command == GaiaCommand.Login
            ? new GaiaAuthenticationException($"{said}: the login was refused{Words(error, sid, secrets)}.")
            : Refused(mayHaveHappened: false);

        GaiaRefusedException Refused(bool mayHaveHappened) => new(
            $"{said}{Words(error, sid, secrets)}.",
            GaiaText.Clean(error?.Code, [sid, .. secrets]),
            mayHaveHappened);
    }

    private static bool SaysSessionExpired(ErrorReply? error)
    {
        var text = $"{error?.Code} {error?.Message}";
        return Has("session") && (Has("expired") || Has("wrong_session") || Has("wrong session")
            || Has("invalid session") || Has("invalid_session") || Has("session id is not valid"));

        bool Has(string word) => text.Contains(word, StringComparison.OrdinalIgnoreCase);
    }

    private static string Words(ErrorReply? error, string? sid, string[] secrets)
    {
        if (error is null)
        {
            return "";
        }

        string[] parts = [error.Code ?? "", error.Message ?? "", GaiaText.Words(error.Errors)];
        var words = string.Join("; ", parts.Where(p => !string.IsNullOrWhiteSpace(p)).Distinct());
        return words.Length == 0 ? "" : ": " + GaiaText.Clean(words, [sid, .. secrets]).TrimEnd('.');
    }

    private static ErrorReply? TryReadError(ReadOnlySpan<byte> content)
    {
        try
        {
            return JsonSerializer.Deserialize(content, GaiaJsonContext.Default.ErrorReply);
        }
        catch (JsonException)
        {
            // The status says enough; the caller reports that the body was not what it should be.
            return null;
        }
    }

    private static bool IsJsonObject(ReadOnlySpan<byte> content) =>
        content.TrimStart(" \t\r\n"u8) is [(byte)'{', ..];

    private static string Kind(HttpResponseMessage response) =>
        response.Content.Headers.ContentType?.MediaType is { } type ? GaiaText.Clean(type) : "no content type";
}
