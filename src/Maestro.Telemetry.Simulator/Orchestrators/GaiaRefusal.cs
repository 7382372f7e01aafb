namespace Maestro.Telemetry.Simulator.Orchestrators;

/// <summary>A refused command, in the vendor's form: a status, a code, a message and the errors behind it.</summary>
internal sealed class GaiaRefusal(int status, string code, string message, IReadOnlyList<string>? errors = null)
    : Exception(message)
{
    public int Status { get; } = status;

    public string Code { get; } = code;

    public IReadOnlyList<string> Errors { get; } = errors ?? [];

    public static GaiaRefusal NotFound(string message) => new(404, "generic_err_object_not_found", message);

    public static GaiaRefusal Missing(string parameter) =>
        new(400, "generic_err_missing_required_parameters", $"Missing parameter: [{parameter}]");

    public static GaiaRefusal Invalid(string parameter, string why) =>
        new(400, "generic_err_invalid_parameter", $"Invalid parameter for [{parameter}]. {why}");

    public static GaiaRefusal Unrecognized(string parameter) =>
        new(400, "generic_err_invalid_parameter_name", $"Unrecognized parameter [{parameter}]");
}
