using System.CommandLine;
using Maestro.Telemetry.Cli.Common;
using Maestro.Telemetry.Protocol.V1;

namespace Maestro.Telemetry.Cli.Commands;

internal static class CheckCommand
{
    public static System.CommandLine.Command Create()
    {
        var strict = new Option<bool>("--strict") { Description = "End with 1 for warnings too" };
        return ControlCommand.Create(
            "check",
            "Hold the fabric against the rules of Maestro; ends with 1 when one is broken",
            [strict],
            (client, _, options) => client.CheckAsync(new CheckRequest(), options),
            CheckView.Print,
            (parsed, answer) => Judge(answer, parsed.GetValue(strict)));
    }

    /// <summary>1 when the fabric breaks a rule or could not be read; with strict, also for a warning.</summary>
    internal static int Judge(CheckResponse answer, bool strict) =>
        answer.ReadAt is null
        || answer.Problem.Length > 0
        || answer.Findings.Any(f => f.Severity == CheckView.Error || (strict && f.Severity == CheckView.Warning))
            ? ExitCodes.Failed
            : ExitCodes.Ok;
}
