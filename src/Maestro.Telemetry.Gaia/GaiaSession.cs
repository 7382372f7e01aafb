using System.Text.Json;
using Maestro.Telemetry.Gaia.Contracts;
using Microsoft.Extensions.Logging;

namespace Maestro.Telemetry.Gaia;

/// <summary>
/// One session with one Orchestrator or Security Group: logs in when needed, before the session ends and once more when it is
/// refused. One request at a time.
/// </summary>
internal sealed partial class GaiaSession(
    GaiaTransport transport,
    GaiaCredentialsProvider credentials,
    GaiaOptions options,
    TimeProvider time,
    ILogger<GaiaSession> logger) : IAsyncDisposable
{
    private static readonly TimeSpan LogoutTimeout = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private HeldSession? _held;
    private GaiaAuthenticationException? _refusal;
    private long _refusedAt;

    /// <exception cref="GaiaException">There is no usable answer.</exception>
    public async Task<GaiaReply> CallAsync(GaiaCommand command, byte[] body, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            try
            {
                return await ExchangeAsync(command, body, cancellationToken);
            }
            catch (GaiaAuthenticationException e) when (e.SessionExpired)
            {
                // A request with a refused session was not executed, so even a change is safe to send again; once.
                LogSessionExpired(transport.Orchestrator, command.Name);
                return await ExchangeAsync(command, body, cancellationToken);
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _turn.WaitAsync();
        try
        {
            await LogoutAsync(CancellationToken.None);
        }
        finally
        {
            _turn.Release();
            transport.Dispose();
        }
    }

    private async Task<GaiaReply> ExchangeAsync(GaiaCommand command, byte[] body, CancellationToken cancellationToken)
    {
        var session = await EnsureAsync(command, cancellationToken);
        try
        {
            var sentAt = time.GetTimestamp();
            var reply = await transport.SendAsync(command, body, session.Sid, [], cancellationToken);
            session.LastUsed = sentAt;
            return reply;
        }
        catch (GaiaAuthenticationException)
        {
            _held = null;
            throw;
        }
    }

    private async Task<HeldSession> EnsureAsync(GaiaCommand command, CancellationToken cancellationToken)
    {
        if (_held is { } held && time.GetElapsedTime(held.LastUsed) < held.RenewAfter)
        {
            if (!command.Changes || !held.ReadOnly)
            {
                return held;
            }

            // Whoever held the configuration lock may have let it go since.
            await LogoutAsync(cancellationToken);
        }

        _held = null;
        _held = await LoginAsync(cancellationToken);
        return command.Changes && _held.ReadOnly
            ? throw new GaiaRefusedException(
                $"{transport.Orchestrator} gave a read-only session, so {command} was not sent: the user may not write, "
                    + "or another administrator holds the configuration lock (clish: lock database override).",
                "read-only-session")
            : _held;
    }

    private async Task<HeldSession> LoginAsync(CancellationToken cancellationToken)
    {
        if (_refusal is { } refusal && time.GetElapsedTime(_refusedAt) < options.LoginBackoff)
        {
            throw new GaiaAuthenticationException(
                $"{refusal.Message} It is not tried again within {options.LoginBackoff.TotalSeconds:0} s, "
                    + "so that the account is not locked.",
                innerException: refusal);
        }

        _refusal = null;
        var given = await credentials(cancellationToken);
        var request = new LoginRequest { User = given.User, Password = given.Password };
        var body = JsonSerializer.SerializeToUtf8Bytes(request, GaiaJsonContext.Default.LoginRequest);
        try
        {
            var sentAt = time.GetTimestamp();
            var reply = await transport.SendAsync(GaiaCommand.Login, body, null, [given.Password], cancellationToken);
            var held = HeldSession.From(transport.Peer, reply.Read(GaiaJsonContext.Default.LoginReply), sentAt);
            LogLoggedIn(transport.Orchestrator, held.ReadOnly, held.RenewAfter);
            return held;
        }
        catch (GaiaAuthenticationException e)
        {
            (_refusal, _refusedAt) = (e, time.GetTimestamp());
            throw;
        }
        finally
        {
            Array.Clear(body);
        }
    }

    private async Task LogoutAsync(CancellationToken cancellationToken)
    {
        if (_held is not { } held)
        {
            return;
        }

        _held = null;
        using var timeout = new CancellationTokenSource(LogoutTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            await transport.SendAsync(GaiaCommand.Logout, "{}"u8.ToArray(), held.Sid, [], either.Token);
        }
        catch (GaiaException e)
        {
            // The session ends by itself at its timeout.
            LogLogoutFailed(transport.Orchestrator, e.Message);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            LogLogoutFailed(transport.Orchestrator, "no answer");
        }
    }

    [LoggerMessage(3000, LogLevel.Debug, "{Orchestrator}: logged in (read-only: {ReadOnly}), to be renewed after {After}")]
    private partial void LogLoggedIn(string orchestrator, bool readOnly, TimeSpan after);

    [LoggerMessage(3001, LogLevel.Information, "{Orchestrator}: the session was refused at {Command}; logging in again")]
    private partial void LogSessionExpired(string orchestrator, string command);

    [LoggerMessage(3002, LogLevel.Debug, "{Orchestrator}: the logout was not confirmed: {Reason}")]
    private partial void LogLogoutFailed(string orchestrator, string reason);
}
