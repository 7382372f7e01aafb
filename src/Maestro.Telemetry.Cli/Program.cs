using System.CommandLine;
using Maestro.Telemetry.Cli.Commands;
using Maestro.Telemetry.Cli.Common;

var root = MaestroCommand.Create();
var parsed = root.Parse(args);
// Long enough for a graceful stop: an agent hands over what it holds, a server writes what it has taken.
var code = await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(40) });
return parsed.Errors.Count > 0 ? ExitCodes.Usage : code;
