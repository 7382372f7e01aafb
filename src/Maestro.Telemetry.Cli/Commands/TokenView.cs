using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Maestro.Telemetry.Server.Access;
using Spectre.Console;

namespace Maestro.Telemetry.Cli.Commands;

/// <summary>Tokens as a table or as JSON.</summary>
internal static class TokenView
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter() },
    };

    public static void Print(IAnsiConsole console, IReadOnlyList<AccessToken> tokens, DateTimeOffset now, string path)
    {
        if (tokens.Count == 0)
        {
            console.WriteLine($"There is no token in {path}; `maestro token create` makes one.");
            return;
        }

        var table = new Table().Border(TableBorder.Simple);
        foreach (var column in new[] { "id", "name", "role", "SGMs", "state", "created", "expires", "last used" })
        {
            table.AddColumn(column);
        }

        foreach (var token in tokens)
        {
            table.AddRow(
                new Text(token.Id),
                new Text(token.Name),
                new Text(token.Role.ToString()),
                new Text(string.Join(", ", token.Serials)),
                new Text(token.StateAt(now).ToString()),
                new Text(Moment(token.Created)),
                new Text(Moment(token.Expires)),
                new Text(Moment(token.LastUsed)));
        }

        console.Write(table);
    }

    public static string ToJson(IReadOnlyList<AccessToken> tokens, DateTimeOffset now) =>
        JsonSerializer.Serialize(tokens.Select(t => Describe(t, now, null)), Json);

    public static string ToJson(AccessToken token, DateTimeOffset now, string secret) =>
        JsonSerializer.Serialize(Describe(token, now, secret), Json);

    private static object Describe(AccessToken token, DateTimeOffset now, string? secret) => new
    {
        token.Id,
        token.Name,
        token.Role,
        token.Serials,
        State = token.StateAt(now),
        token.Created,
        token.Expires,
        token.Revoked,
        token.LastUsed,
        Token = secret,
    };

    private static string Moment(DateTimeOffset? time) =>
        time?.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture) ?? "never";
}
