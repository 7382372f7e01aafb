using System.Runtime.InteropServices;

namespace Maestro.Telemetry.Storage.Sqlite;

/// <summary>
/// The calls that are made for each value, straight into the library that the bundle brings: through safe handles each of
/// them costs more than what it does. Whoever calls keeps the statement's handle alive.
/// </summary>
internal static partial class NativeCalls
{
    private const string Library = "e_sqlite3";

    [LibraryImport(Library, EntryPoint = "sqlite3_bind_double")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory)]
    [SuppressGCTransition]
    public static partial int BindDouble(nint statement, int parameter, double value);

    [LibraryImport(Library, EntryPoint = "sqlite3_bind_int64")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory)]
    [SuppressGCTransition]
    public static partial int BindInt64(nint statement, int parameter, long value);

    [LibraryImport(Library, EntryPoint = "sqlite3_bind_null")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory)]
    [SuppressGCTransition]
    public static partial int BindNull(nint statement, int parameter);
}
