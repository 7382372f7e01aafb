namespace Maestro.Telemetry.Server.Access;

internal static class CallerExtensions
{
    extension(HttpContext context)
    {
        /// <summary>Who sent the request; set by the authentication of the surface.</summary>
        public Caller Caller
        {
            get => context.Features.Get<Caller>() ?? Caller.Local;
            set => context.Features.Set(value);
        }
    }
}
