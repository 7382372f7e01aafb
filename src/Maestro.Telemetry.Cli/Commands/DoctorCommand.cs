using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Maestro.Telemetry.Cli.Common;
using Maestro.Telemetry.Server;
using Maestro.Telemetry.Server.Doctor;
using Microsoft.Extensions.Logging;
using Spectre.Console;

namespace Maestro.Telemetry.Cli.Commands;

/// <summary>Examines what a server stands on, before it starts or beside it.</summary>
internal static class DoctorCommand
{
    private const string Lesson = """
        It uses the same settings as `maestro serve`, and the same user should run it. It changes nothing: it logs in at the
        Orchestrators and reads, opens the store for reading, and looks whether the addresses are free or served already.

          OK       nothing is to be done
          warning  it works, and should be looked at
          failed   it does not work

        It ends with 0 when nothing has failed, with 1 when something has, and with 2 when the configuration is wrong.

        Examples:
          maestro doctor --config /etc/maestro/maestro.json
          maestro doctor --json
        """;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
    };

    public static System.CommandLine.Command Create()
    {
        var (config, data, json) = (ServerSettings.File(), ServerSettings.Data(), SharedOptions.Json());
        var command = new TaughtCommand(
            "doctor", "Examine configuration, certificates, access, store, Orchestrators, clock and addresses", Lesson)
        {
            config, data, json,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetValue(config), parsed.GetValue(data), parsed.GetValue(json), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(FileInfo? file, string? data, bool json, CancellationToken cancellationToken)
    {
        MaestroHost host;
        try
        {
            IEnumerable<KeyValuePair<string, string?>> settings =
                data is null ? [] : [KeyValuePair.Create("Maestro:Storage:Directory", (string?)data)];
            host = MaestroHost.Build(
                configuration => ServerSettings.AddTo(configuration, file, settings),
                logging => logging.SetMinimumLevel(LogLevel.None));
        }
        catch (InvalidDataException e)
        {
            await Console.Error.WriteLineAsync(ServerSettings.NotJson(file, e));
            return ExitCodes.Usage;
        }

        await using (host)
        {
            var findings = new List<Finding>();
            await foreach (var finding in Examinations.RunAsync(host, cancellationToken))
            {
                findings.Add(finding);
                if (!json)
                {
                    Print(Terminal.Out, finding);
                }
            }

            if (json)
            {
                Console.WriteLine(JsonSerializer.Serialize(
                    new { verdict = findings.Max(f => f.Verdict), version = ProductVersion.Current, findings }, Json));
            }

            return Judge(findings);
        }
    }

    /// <summary>2 when the configuration is wrong, 1 when something else has failed, and 0 else.</summary>
    internal static int Judge(IReadOnlyList<Finding> findings)
    {
        var failed = findings.Where(f => f.Verdict is Verdict.Failed).ToList();
        return failed.Exists(f => f.Area == Examinations.ConfigurationArea) ? ExitCodes.Usage
            : failed.Count > 0 ? ExitCodes.Failed
            : ExitCodes.Ok;
    }

    private static void Print(IAnsiConsole console, Finding finding)
    {
        var (word, colour) = finding.Verdict switch
        {
            Verdict.Failed => ("failed ", "red"),
            Verdict.Warning => ("warning", "yellow"),
            _ => ("OK     ", "green"),
        };
        console.MarkupLine($"[{colour}]{word}[/] {finding.Area,-13} {Markup.Escape(finding.Message)}");
        if (finding.Verdict is not Verdict.Ok && finding.Remedy.Length > 0)
        {
            console.MarkupLine($"{"",-22}[grey]{Markup.Escape(finding.Remedy)}[/]");
        }
    }
}
