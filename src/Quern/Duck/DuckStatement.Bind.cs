using System.Buffers.Binary;
using System.Text;
using Quern.Chunks;
using Quern.Duck.Native;

namespace Quern.Duck;

// Positions start at 1, as in $1.
public sealed unsafe partial class DuckStatement
{
    /// <summary>Position of a named parameter, from 1; a name is given without the <c>$</c>.</summary>
    /// <exception cref="ArgumentException">There is no such parameter.</exception>
    public int Parameter(string name)
    {
        ulong index = 0;
        return Capi.duckdb_bind_parameter_index(_handle, &index, name) == NativeState.Success
            ? (int)index
            : throw new ArgumentException($"the statement has no parameter ${name}", nameof(name));
    }

    /// <summary>Forgets all values.</summary>
    public void ClearBindings() => Capi.duckdb_clear_bindings(_handle);

    /// <summary>Binds NULL to the parameter at a position, from 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such position.</exception>
    public void BindNull(int index) => Check(Capi.duckdb_bind_null(_handle, (ulong)index), index);

    /// <summary>Binds a BOOLEAN.</summary>
    /// <inheritdoc cref="BindNull"/>
    public void Bind(int index, bool value) =>
        Check(Capi.duckdb_bind_boolean(_handle, (ulong)index, value ? (byte)1 : (byte)0), index);

    /// <summary>Binds a TINYINT.</summary>
    /// <inheritdoc cref="BindNull"/>
    public void Bind(int index, sbyte value) => Check(Capi.duckdb_bind_int8(_handle, (ulong)index, value), index);

    /// <summary>Binds a SMALLINT.</summary>
    /// <inheritdoc cref="BindNull"/>
    public void Bind(int index, short value) => Check(Capi.duckdb_bind_int16(_handle, (ulong)index, value), index);

    /// <summary>Binds an INTEGER.</summary>
    /// <inheritdoc cref="BindNull"/>
    public void Bind(int index, int value) => Check(Capi.duckdb_bind_int32(_handle, (ulong)index, value), index);

    /// <summary>Binds a BIGINT.</summary>
    /// <inheritdoc cref="BindNull"/>
    public void Bind(int index, long value) => Check(Capi.duckdb_bind_int64(_handle, (ulong)index, value), index);

    /// <summary>Binds a HUGEINT.</summary>
    /// <inheritdoc cref="BindNull"/>
    public void Bind(int index, Int128 value) =>
        Check(Capi.duckdb_bind_hugeint(_handle, (ulong)index, new NativeHugeInt(value)), index);

    /// <summary>Binds a UTINYINT.</summary>
    /// <inheritdoc cref="BindNull"/>
    public void Bind(int index, byte value) => Check(Capi.duckdb_bind_uint8(_handle, (ulong)index, value), index);

    /// <summary>Binds a USMALLINT.</summary>
    /// <inheritdoc cref="BindNull"/>
    public void Bind(int index, ushort value) => Check(Capi.duckdb_bind_uint16(_handle, (ulong)index, value), index);

    /// <summary>Binds a UINTEGER.</summary>
    /// <inheritdoc cref="BindNull"/>
    public void Bind(int index, uint value) => Check(Capi.duckdb_bind_uint32(_handle, (ulong)index, value), index);

    /// <summary>Binds a UBIGINT.</summary>
    /// <inheritdoc cref="BindNull"/>
    public void Bind(int index, ulong value) => Check(Capi.duckdb_bind_uint64(_handle, (ulong)index, value), index);

    /// <summary>Binds a UHUGEINT.</summary>
    /// <inheritdoc cref="BindNull"/>
    public void Bind(int index, UInt128 value) =>
        Check(Capi.duckdb_bind_uhugeint(_handle, (ulong)index, new NativeHugeInt(value)), index);

    /// <summary>Binds a FLOAT.</summary>
    /// <inheritdoc cref="BindNull"/>
    public void Bind(int index, float value) => Check(Capi.duckdb_bind_float(_handle, (ulong)index, value), index);

    /// <summary>Binds a DOUBLE.</summary>
    /// <inheritdoc cref="BindNull"/>
    public void Bind(int index, double value) => Check(Capi.duckdb_bind_double(_handle, (ulong)index, value), index);

    /// <summary>Binds a DECIMAL of 29 digits with the value's own scale.</summary>
    /// <inheritdoc cref="BindNull"/>
    public void Bind(int index, decimal value)
    {
        Span<int> parts = stackalloc int[4];
        decimal.GetBits(value, parts);
        var unscaled = (Int128)new UInt128((uint)parts[2], ((ulong)(uint)parts[1] << 32) | (uint)parts[0]);
        Bind(index, value < 0 ? -unscaled : unscaled, 29, value.Scale);
    }

    /// <summary>Binds a DECIMAL as its unscaled value: 1.50 with scale 2 is 150.</summary>
    /// <inheritdoc cref="BindNull"/>
    public void Bind(int index, Int128 unscaled, int precision, int scale)
    {
        var value = new NativeDecimal((byte)precision, (byte)scale, new NativeHugeInt(unscaled));
        Check(Capi.duckdb_bind_decimal(_handle, (ulong)index, value), index);
    }

    /// <summary>Binds a DATE.</summary>
    /// <inheritdoc cref="BindNull"/>
    public void Bind(int index, DateOnly value) =>
        Check(Capi.duckdb_bind_date(_handle, (ulong)index, value.DayNumber - EpochDay), index);

    /// <summary>Binds a TIME; what is below a microsecond is dropped.</summary>
    /// <inheritdoc cref="BindNull"/>
    public void Bind(int index, TimeOnly value) =>
        Check(Capi.duckdb_bind_time(_handle, (ulong)index, value.Ticks / TimeSpan.TicksPerMicrosecond), index);

    /// <summary>Binds a TIMESTAMP, the clock time as it is; what is below a microsecond is dropped.</summary>
    /// <inheritdoc cref="BindNull"/>
    public void Bind(int index, DateTime value) =>
        Check(Capi.duckdb_bind_timestamp(_handle, (ulong)index, Micros(value)), index);

    /// <summary>Binds a TIMESTAMP WITH TIME ZONE; what is below a microsecond is dropped.</summary>
    /// <inheritdoc cref="BindNull"/>
    public void Bind(int index, DateTimeOffset value) =>
        Check(Capi.duckdb_bind_timestamp_tz(_handle, (ulong)index, Micros(value.UtcDateTime)), index);

    /// <summary>Binds an INTERVAL.</summary>
    /// <inheritdoc cref="BindNull"/>
    public void Bind(int index, Interval value) =>
        Check(Capi.duckdb_bind_interval(_handle, (ulong)index, value), index);

    /// <summary>Binds a UUID.</summary>
    /// <inheritdoc cref="BindNull"/>
    public void Bind(int index, Guid value)
    {
        Span<byte> bytes = stackalloc byte[16];
        value.TryWriteBytes(bytes, bigEndian: true, out _);
        var uuid = Capi.duckdb_create_uuid(new NativeHugeInt(BinaryPrimitives.ReadUInt128BigEndian(bytes)));
        var state = Capi.duckdb_bind_value(_handle, (ulong)index, uuid);
        Capi.duckdb_destroy_value(&uuid);
        Check(state, index);
    }

    /// <summary>Binds a VARCHAR.</summary>
    /// <inheritdoc cref="BindNull"/>
    public void Bind(int index, string value)
    {
        var text = Encoding.UTF8.GetBytes(value);
        fixed (byte* bytes = text)
            Check(Capi.duckdb_bind_varchar_length(_handle, (ulong)index, bytes, (ulong)text.Length), index);
    }

    /// <summary>Binds a BLOB.</summary>
    /// <inheritdoc cref="BindNull"/>
    public void Bind(int index, ReadOnlySpan<byte> value)
    {
        fixed (byte* bytes = value)
            Check(Capi.duckdb_bind_blob(_handle, (ulong)index, bytes, (ulong)value.Length), index);
    }

    /// <summary>Binds an object by its .NET type: those of the other overloads, null, or a byte array.</summary>
    /// <exception cref="ArgumentException">No SQL type stands for this .NET type.</exception>
    /// <inheritdoc cref="BindNull"/>
    public void Bind(int index, object? value)
    {
        switch (value)
        {
            case null: BindNull(index); break;
            case bool v: Bind(index, v); break;
            case sbyte v: Bind(index, v); break;
            case short v: Bind(index, v); break;
            case int v: Bind(index, v); break;
            case long v: Bind(index, v); break;
            case Int128 v: Bind(index, v); break;
            case byte v: Bind(index, v); break;
            case ushort v: Bind(index, v); break;
            case uint v: Bind(index, v); break;
            case ulong v: Bind(index, v); break;
            case UInt128 v: Bind(index, v); break;
            case float v: Bind(index, v); break;
            case double v: Bind(index, v); break;
            case decimal v: Bind(index, v); break;
            case DateOnly v: Bind(index, v); break;
            case TimeOnly v: Bind(index, v); break;
            case DateTime v: Bind(index, v); break;
            case DateTimeOffset v: Bind(index, v); break;
            case Interval v: Bind(index, v); break;
            case Guid v: Bind(index, v); break;
            case string v: Bind(index, v); break;
            case byte[] v: Bind(index, v.AsSpan()); break;
            default: throw new ArgumentException($"no SQL type stands for {value.GetType()}", nameof(value));
        }
    }

    /// <summary>Binds an object to a parameter by name, without the <c>$</c>.</summary>
    /// <exception cref="ArgumentException">There is no such parameter, or no SQL type stands for this .NET
    /// type.</exception>
    public void Bind(string name, object? value) => Bind(Parameter(name), value);

    static int EpochDay => DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;

    static long Micros(DateTime value) => (value.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    void Check(NativeState state, int index)
    {
        if (state == NativeState.Error)
            throw new ArgumentOutOfRangeException(nameof(index), index, $"the statement has {ParameterCount} parameters");
    }
}
