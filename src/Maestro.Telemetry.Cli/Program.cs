using Maestro.Telemetry.Cli.Commands;
using Maestro.Telemetry.Cli.Common;

var root = MaestroCommand.Create();
var parsed = root.Parse(args);
var code = await parsed.InvokeAsync();
return parsed.Errors.Count > 0 ? ExitCodes.Usage : code;
