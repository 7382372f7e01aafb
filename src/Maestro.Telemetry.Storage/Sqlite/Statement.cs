using SQLitePCL;

namespace Maestro.Telemetry.Storage.Sqlite;

/// <summary>A prepared statement. Parameters count from 1, columns from 0, as in SQLite.</summary>
internal sealed class Statement(Database database, sqlite3_stmt handle) : IDisposable
{
    // Valid until the statement is disposed; zero after that, with which SQLite refuses a call and does nothing.
    private nint _pointer = handle.DangerousGetHandle();

    public void Bind(int parameter, long value)
    {
        database.ThrowIfFailed(NativeCalls.BindInt64(_pointer, parameter, value));
        GC.KeepAlive(handle);
    }

    public void Bind(int parameter, double value)
    {
        database.ThrowIfFailed(NativeCalls.BindDouble(_pointer, parameter, value));
        GC.KeepAlive(handle);
    }

    public void Bind(int parameter, ReadOnlySpan<byte> value) =>
        database.ThrowIfFailed(raw.sqlite3_bind_blob(handle, parameter, value));

    public void Bind(int parameter, string? value)
    {
        if (value is null)
        {
            BindNull(parameter);
        }
        else
        {
            database.ThrowIfFailed(raw.sqlite3_bind_text(handle, parameter, value));
        }
    }

    public void BindNull(int parameter)
    {
        database.ThrowIfFailed(NativeCalls.BindNull(_pointer, parameter));
        GC.KeepAlive(handle);
    }

    /// <summary>True when there is a row to read. After the last row the statement can be bound again.</summary>
    public bool Step()
    {
        var rc = raw.sqlite3_step(handle);
        if (rc == raw.SQLITE_ROW)
        {
            return true;
        }

        if (rc == raw.SQLITE_DONE)
        {
            _ = raw.sqlite3_reset(handle);
            return false;
        }

        // The reset clears the connection's message, so the exception is made first.
        try
        {
            database.ThrowIfFailed(rc);
            return false;
        }
        finally
        {
            _ = raw.sqlite3_reset(handle);
        }
    }

    /// <summary>Runs a statement to its end.</summary>
    public void Run()
    {
        while (Step())
        {
        }
    }

    /// <summary>Makes the statement ready to be bound again before its last row was read.</summary>
    public void Reset() => _ = raw.sqlite3_reset(handle);

    public bool IsNull(int column) => raw.sqlite3_column_type(handle, column) == raw.SQLITE_NULL;

    public long GetInt64(int column) => raw.sqlite3_column_int64(handle, column);

    public int GetInt32(int column) => raw.sqlite3_column_int(handle, column);

    public double GetDouble(int column) => raw.sqlite3_column_double(handle, column);

    /// <summary>Valid until the next step.</summary>
    public ReadOnlySpan<byte> GetBlob(int column) => raw.sqlite3_column_blob(handle, column);

    public string GetString(int column) => raw.sqlite3_column_text(handle, column).utf8_to_string();

    public string? GetStringOrNull(int column) => IsNull(column) ? null : GetString(column);

    public void Dispose()
    {
        _pointer = 0;
        handle.Dispose();
    }
}
