using System.Globalization;
using Maestro.Telemetry.Protocol.V1;
using Spectre.Console;

namespace Maestro.Telemetry.Cli.Commands;

/// <summary>Findings as a table.</summary>
internal static class CheckView
{
    public const string Error = "error";
    public const string Warning = "warning";

    public static void Print(IAnsiConsole console, CheckResponse answer)
    {
        var read = answer.ReadAt is { } at
            ? string.Create(CultureInfo.InvariantCulture, $"read {at.ToDateTimeOffset():yyyy-MM-dd HH:mm:ss} UTC")
            : "not read yet";
        console.MarkupLineInterpolated($"[bold]{answer.Fabric}[/]  {read}");
        if (answer.Problem.Length > 0)
        {
            console.MarkupLineInterpolated($"[red]problem[/] {answer.Problem}");
        }

        if (answer.Findings.Count > 0)
        {
            console.Write(Findings(answer));
        }

        console.WriteLine(Summary(answer));
    }

    private static Table Findings(CheckResponse answer)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var column in new[] { "severity", "rule", "object", "found", "required", "remedy" })
        {
            table.AddColumn(column);
        }

        foreach (var finding in answer.Findings)
        {
            var colour = finding.Severity switch { Error => Color.Red, Warning => Color.Yellow, _ => Color.Blue };
            table.AddRow(
                new Text(finding.Severity, new Style(colour)),
                new Text(finding.Rule),
                new Text(finding.Object),
                new Text(finding.Found),
                new Text(finding.Required),
                new Text(finding.Remedy));
        }

        return table;
    }

    private static string Summary(CheckResponse answer)
    {
        var errors = answer.Findings.Count(f => f.Severity == Error);
        var warnings = answer.Findings.Count(f => f.Severity == Warning);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{errors} errors, {warnings} warnings, {answer.Findings.Count - errors - warnings} for information");
    }
}
