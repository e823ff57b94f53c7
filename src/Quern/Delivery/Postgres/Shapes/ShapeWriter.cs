using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Quern.Delivery.Postgres.Binary;

namespace Quern.Delivery.Postgres.Shapes;

/// <summary>Writes extended well-known binary, little-endian: a byte for the order of bytes, the type with flags, the system of
/// coordinates behind the outermost type only, the body (PostGIS source, liblwgeom/lwin_wkb.c).</summary>
static unsafe class ShapeWriter
{
    public const uint FlagZ = 0x8000_0000, FlagM = 0x4000_0000, FlagSrid = 0x2000_0000;

    /// <summary>Where the type of a header stands behind its beginning.</summary>
    public const int TypeAt = 1;

    /// <summary>Writes the beginning of a shape.</summary>
    /// <param name="to">Where.</param>
    /// <param name="type">1 to 7.</param>
    /// <param name="z">It has heights.</param>
    /// <param name="m">It has measures.</param>
    /// <param name="srid">System of coordinates of an outermost shape; 0 for none.</param>
    public static void Header(CopyBuffer to, int type, bool z, bool m, int srid)
    {
        to.Byte(1);
        Word(to, (uint)type | (z ? FlagZ : 0) | (m ? FlagM : 0) | (srid != 0 ? FlagSrid : 0));
        if (srid != 0) Word(to, (uint)srid);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Word(CopyBuffer to, uint value) => Unsafe.WriteUnaligned(to.Take(4), value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Number(CopyBuffer to, double value) => Unsafe.WriteUnaligned(to.Take(8), value);

    /// <summary>Room for a number of members, for <see cref="Count(CopyBuffer, int, int)"/>.</summary>
    public static int Count(CopyBuffer to)
    {
        Word(to, 0);
        return to.Length - 4;
    }

    public static void Count(CopyBuffer to, int at, int count) => BinaryPrimitives.WriteInt32LittleEndian(to.From(at), count);
}
